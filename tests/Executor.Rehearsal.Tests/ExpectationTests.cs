namespace Executor.Rehearsal.Tests;

/// <summary>A run that goes otherwise than expected fails its test, and says how and why.</summary>
public sealed class ExpectationTests
{
    private static readonly RehearsedWorkflow Fork = RehearsedWorkflow.Parse("""
        tasks:
          - name: a
            action: x.y
            next: [{when: succeeded(), do: [b, c]}]
          - {name: b, action: x.y, next: [{when: succeeded(), do: j}]}
          - {name: c, action: x.y, next: [{when: succeeded(), do: j}]}
          - {name: j, join: all, action: x.y}
        output_map: {n: 5}
        """);

    private static readonly RehearsedRun Run = Fork.Script().Run();

    public static TheoryData<string, Action<RehearsedRun>> Wrong => new()
    {
        { "It ended completed, not failed.", run => run.ShouldEnd("failed") },
        { "The output 'n' is 5, not 6.", run => run.ShouldGive("n", 6) },
        { "There is no output 'm'; expected was 6.", run => run.ShouldGive("m", 6) },
        { "'j' was dispatched 1 times, not 2.", run => run.ShouldDispatch("j", 2) },
        { "'j' ran, though it should not.", run => run.ShouldNotRun("j") },
        { "There is no problem join.unreachable; there are: none.", run => run.ShouldFind("join.unreachable") },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_went_otherwise_is_said_first_and_then_why(string sentence, Action<RehearsedRun> check)
    {
        var thrown = Assert.Throws<RehearsalExpectationException>(() => check(Run));

        Assert.StartsWith(sentence + "\n\nRun rehearsal of workflow ended completed", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("because nothing leads to 'a'", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_word_that_is_no_end_is_a_mistake_of_the_test() =>
        Assert.Throws<ArgumentException>(() => Run.ShouldEnd("succeeded"));

    [Fact]
    public void A_task_that_the_workflow_lacks_is_a_mistake_of_the_test()
    {
        Assert.Equal(
            "'workflow' has no task 'jj'. Did you mean 'j'? It has a, b, c, j.",
            Assert.Throws<ArgumentException>(() => Run.ShouldDispatch("jj", times: 0)).Message);
        Assert.Throws<ArgumentException>(() => Run.ShouldNotRun("jj"));
        Assert.Equal(
            "'a' calls no workflow, so there is no 'a/b'.",
            Assert.Throws<ArgumentException>(() => Run.ShouldDispatch("a/b", times: 0)).Message);
    }

    [Fact]
    public void Why_a_task_did_not_run_can_be_asked()
    {
        var told = Fork.Script().On("b").Fails("no").Run().Explain("j");

        Assert.StartsWith("j/1 has never begun: it joins 2 of 2 tasks.", told[0], StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Run.Explain("z"));
    }

    [Fact]
    public void Exploring_finds_a_join_that_waits_for_ever_and_its_seed_shows_it_again()
    {
        var found = Fork.Script().Explore(trials: 200, seed: 40, failures: 0.2, "b", "c").Findings;

        var first = Assert.Single(found, text => text.Contains("missing: b.", StringComparison.Ordinal));
        Assert.StartsWith("seed ", first, StringComparison.Ordinal);
        var seed = long.Parse(first.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        var again = Fork.Script().Explore(trials: 1, seed, failures: 0.2, "b", "c");
        Assert.Contains("(1 of 1 trials): Join 'j' waits for 2 tasks; arrived: c; missing: b.", Assert.Single(again.Findings), StringComparison.Ordinal);
        Assert.Throws<RehearsalExpectationException>(again.ShouldAllBeAsExpected);
    }

    [Fact]
    public void Exploring_holds_every_run_against_what_is_expected()
    {
        var script = Fork.Script().ExpectStatus("completed", "failed").ExpectOutput("n", 5);

        script.ExpectDispatches("a", 1).Explore(200, seed: 1, failures: 0.5, "a", "j").ShouldAllBeAsExpected();
        Assert.Contains(
            "It ended failed, not completed.",
            Assert.Single(script.ExpectStatus("completed").Explore(200, seed: 1, failures: 0.5, "j").Findings), StringComparison.Ordinal);
        Assert.Empty(script.ExpectStatus("completed").Explore(50, seed: 1, failures: 0).Findings);
    }

    [Theory]
    [InlineData(0, 0.2)]
    [InlineData(1, -0.1)]
    [InlineData(1, 1.1)]
    public void Trials_and_shares_have_bounds(int trials, double failures) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Fork.Script().Explore(trials, 1, failures));
}
