using Executor.Core.Runs;

namespace Executor.Core.Tests.Runs;

public sealed class PublishTests
{
    [Fact]
    [Trait("lesson", "2.4")]
    public void A_result_that_comes_three_times_publishes_once()
    {
        var run = Scenario.Of("""
            vars: {n: 1}
            tasks:
              - {name: a, action: core.noop, next: [{publish: {n: "{{ workflow.n + 1 }}"}, do: b}]}
              - {name: b, action: core.noop}
            """);
        var slot = run.SlotOf("a");
        run.Finish(slot, SlotStatus.Completed).Finish(slot, SlotStatus.Completed).Finish(slot, SlotStatus.Completed);
        Assert.Equal("2", run.Variable("n"));
    }

    [Fact]
    [Trait("lesson", "2.4")]
    public void A_publish_that_fails_sets_nothing_starts_nothing_and_fails_the_run()
    {
        var run = Scenario.Of("""
            tasks:
              - name: a
                action: core.noop
                next:
                  - {publish: {before: 1}, do: b}
                  - {publish: [{x: 1}, {y: "{{ workflow.nope }}"}], do: c}
                  - {do: d}
              - {name: b, action: core.noop}
              - {name: c, action: core.noop}
              - {name: d, action: core.noop}
            """);
        run.Succeed("a");
        Assert.Equal(["b"], run.Out);
        run.Succeed("b");
        Assert.Equal(("1", "(none)"), (run.Variable("before"), run.Variable("x")));
        Assert.Equal(RunStatus.Failed, run.Status);
        Assert.Equal(["publish.error"], run.Problems);
        Assert.Contains("'y'", run.Error);
    }

    [Fact]
    public void A_visit_that_was_delayed_renders_what_it_saw_when_it_opened()
    {
        var run = Scenario.Of("""
            vars: {x: 1}
            tasks:
              - {name: late, action: core.noop, delay: 10, input: {x: "{{ x }}"}}
              - {name: a, action: core.noop, next: [{publish: {x: 2}}]}
            """);
        run.Succeed("a").After(10);
        Assert.Equal("""{"x":1}""", run.Input("late").ToString());
    }
}
