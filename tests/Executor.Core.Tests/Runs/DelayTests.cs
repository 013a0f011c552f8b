using Executor.Core.Runs;

namespace Executor.Core.Tests.Runs;

public sealed class DelayTests
{
    [Theory]
    [InlineData("90")]
    [InlineData("90s")]
    [InlineData("1m30s")]
    [InlineData("\"{{ 80 + 10 }}\"")]
    [InlineData("\"{{ parameters.wait }}s\"")]
    public void A_visit_waits_before_its_first_dispatch(string delay)
    {
        var run = Scenario.OfFlow($"a: delay: {delay}", inputs: """{"wait": 90}""");
        Assert.Equal(["a/1 scheduled"], run.Visits);
        Assert.Empty(run.After(89.9).Out);
        Assert.Equal(["a"], run.After(0.1).Out);
        Assert.Equal(["a/1 running"], run.Visits);
    }

    [Fact]
    public void The_delay_is_waited_once_per_visit()
    {
        var run = Scenario.OfFlow("""
            t: delay: 10
            t: with_items: [1, 2]
            t: retry: {count: 1}
            """);
        run.After(10).Fail("t[0]").Succeed("t[0]#2").Succeed("t[1]");
        Assert.Equal(RunStatus.Completed, run.Status);
    }

    [Fact]
    public void A_skipped_visit_and_one_without_items_do_not_wait()
    {
        var run = Scenario.OfFlow("""
            a: delay: 10
            a: when: false
            b: delay: 10
            b: with_items: []
            """);
        Assert.Equal(["a/1 skipped", "b/1 completed"], run.Visits);
        Assert.Equal(RunStatus.Completed, run.Status);
    }

    [Fact]
    public void A_bad_delay_fails_the_visit()
    {
        foreach (var delay in new[] { "\"{{ 'soon' }}\"", "\"{{ 0 - 1 }}\"", "\"{{ null }}\"" })
        {
            var run = Scenario.OfFlow($"a: delay: {delay}");
            Assert.Equal(["a/1 failed"], run.Visits);
        }
    }
}
