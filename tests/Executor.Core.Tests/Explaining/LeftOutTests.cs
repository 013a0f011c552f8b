using Executor.Core.Explaining;
using Executor.Core.Tests.Runs;

namespace Executor.Core.Tests.Explaining;

/// <summary>Of much that is alike a part is told, and with it how much is not.</summary>
public sealed class LeftOutTests
{
    [Fact]
    public void Of_many_attempts_the_first_and_the_last_are_told_and_how_many_are_left_out_between_them()
    {
        var run = Scenario.OfFlow("a: retry: {count: 14}");
        for (var attempt = 1; attempt <= 15; attempt++)
        {
            run.Fail(attempt == 1 ? "a" : $"a#{attempt}", $"no {attempt}");
        }

        var told = Explained.Of(run, "a").Where(one => one.Kind is SentenceKind.Attempt or SentenceKind.LeftOut).Select(one => one.Text).ToList();

        Assert.Equal(11, told.Count);
        Assert.StartsWith("Attempt 5 ended failed: no 5. The next one was due at ", told[4], StringComparison.Ordinal);
        Assert.Equal("5 more attempts that did not succeed are left out here; its history has them.", told[5]);
        Assert.StartsWith("Attempt 11 ended failed: no 11. The next one was due at ", told[6], StringComparison.Ordinal);
        Assert.Equal("Attempt 15 ended failed: no 15. It was the last of 15.", told[10]);
    }

    [Theory]
    [InlineData(10, "")]
    [InlineData(11, "1 more attempt that did not succeed is left out here; its history has it.")]
    public void As_many_as_are_told_are_told_whole(int attempts, string leftOut)
    {
        var run = Scenario.OfFlow($"t: with_items: '{{{{ range({attempts}) }}}}'");
        for (var item = 0; item < attempts; item++)
        {
            run.Fail($"t[{item}]");
        }

        Assert.Equal(leftOut, string.Concat(Explained.All(run, "t", SentenceKind.LeftOut)));
        Assert.Equal(10, Explained.All(run, "t", SentenceKind.Attempt).Length);
    }

    [Fact]
    public void Of_many_visits_it_is_told_how_many_are_left_out_and_each_of_them_can_be_asked_for()
    {
        var run = Laps(24);

        Assert.Equal(
            "5 earlier visits of 'a' are left out here; --visit N (visit=N of the API) tells of one, 1 to 5.",
            Explained.Of(run, "a").First().Text);
        Assert.Equal("LeftOut: 24 other visits of 'a' are left out here; name the task to be told of its latest ones.", LeftOutOf(run, null));
        Assert.Equal(["Opened a/3", "Ended a/3", "Fired a/3"], Explained.Of(run, "a", 3).Select(one => $"{one.Kind} {one.Task}/{one.Visit}"));
        Assert.All(Enumerable.Range(1, 25), visit => Assert.Equal([visit], Explained.Of(run, "a", visit).Select(one => one.Visit).Distinct()));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(26)]
    public void A_visit_that_there_is_not_is_not_explained(int visit) =>
        Assert.Null(Explanation.Of(new Core.Runs.RunId("run-1"), Laps(24).Journal, "a", visit));

    [Fact]
    public void As_many_visits_as_are_told_are_told_whole()
    {
        Assert.Equal("", LeftOutOf(Laps(19), "a"));
        Assert.Equal("LeftOut: 1 earlier visit of 'a' is left out here; --visit N (visit=N of the API) tells of one, 1 to 1.", LeftOutOf(Laps(20), "a"));
    }

    [Fact]
    public void Of_the_whole_run_those_visits_are_told_too_that_made_it_fail()
    {
        var run = Scenario.OfFlow("s -*-> lap\nlap -S-> a, lap").Succeed("s").Succeed("lap").Fail("a").Succeed("lap/2").Succeed("a/2");

        Assert.Equal(["a/1", "a/2"], ToldOf(run, "a"));
        Assert.Equal("LeftOut: 2 other visits of 'lap' are left out here; name the task to be told of its latest ones.", LeftOutOf(run, null));
        Assert.Equal(["lap/3"], ToldOf(run, "lap"));
    }

    [Fact]
    public void Attempts_of_which_nothing_is_told_in_any_case_are_not_left_out()
    {
        var run = Scenario.OfFlow("t: with_items: [x]\na").Fail("a");

        Assert.Empty(Explained.All(run, "a", SentenceKind.LeftOut));
        Assert.Empty(Explained.All(run, "a", SentenceKind.Attempt));
    }

    private static IEnumerable<string> ToldOf(Scenario run, string task) => Explained.Of(run, null)
        .Where(one => one.Visit > 0 && one.Task == task).Select(one => $"{one.Task}/{one.Visit}").Distinct();

    private static Scenario Laps(int laps)
    {
        var run = Scenario.OfFlow("s -*-> a\na -S-> a").Succeed("s").Succeed("a");
        for (var lap = 2; lap <= laps; lap++)
        {
            run.Succeed($"a/{lap}");
        }

        return run;
    }

    private static string LeftOutOf(Scenario run, string? task) =>
        string.Concat(Explained.Of(run, task).Where(one => one.Kind == SentenceKind.LeftOut).Select(one => $"{one.Kind}: {one.Text}"));
}
