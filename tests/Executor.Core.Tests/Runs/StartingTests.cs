using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.Runs;

public sealed class StartingTests
{
    private const string Schema = """
        parameters:
          name: {type: string, required: true}
          count: {type: integer, default: 3, minimum: 1}
          mode: {type: string, enum: [a, b]}
          note: {type: string}
        """;

    [Fact]
    [Trait("lesson", "8.5")]
    public void All_that_is_wrong_with_the_inputs_is_refused_at_once_and_no_run_exists()
    {
        var run = Scenario.OfFlow("a", Schema, """{"count": "x", "mode": "c", "nam": "y"}""");
        Assert.False(run.Run.HasStarted);
        Assert.Equal(0, run.Entries);
        Assert.Equal(
            ["input.enum", "input.missing", "input.type", "input.unknown"],
            run.Refusal!.Problems.Select(problem => problem.Code).Order());
    }

    [Fact]
    public void Defaults_are_filled_in_and_what_was_not_given_is_null()
    {
        const string Flow = "a: input: {all: \"{{ [parameters.count, parameters.note] }}\"}";
        var run = Scenario.OfFlow(Flow, Schema, """{"name": "x"}""");
        Assert.Equal("""{"all":[3,null]}""", run.Input("a").ToString());
    }

    [Fact]
    public void Without_a_schema_every_input_is_kept()
    {
        var run = Scenario.OfFlow("a", inputs: """{"anything": [1]}""");
        Assert.Equal("""{"anything":[1]}""", run.Run.Inputs.ToString());
    }

    [Fact]
    public void Vars_are_evaluated_in_order_over_parameters_and_those_before()
    {
        var run = Scenario.OfFlow("a", "vars: [x: \"{{ parameters.p + 1 }}\", y: \"{{ x * 2 }}\"]", """{"p": 1}""");
        Assert.Equal(("2", "4"), (run.Variable("x"), run.Variable("y")));
    }

    [Fact]
    public void An_error_in_vars_refuses_the_start()
    {
        var run = Scenario.OfFlow("a", "vars: {x: \"{{ parameters.nope }}\"}");
        Assert.False(run.Run.HasStarted);
        Assert.Equal("vars.error", run.Refusal!.Code);
        Assert.Contains("'x'", run.Refusal.Message);
    }

    [Fact]
    public void Starting_again_is_an_empty_decision()
    {
        var run = Scenario.OfFlow("a").Start("""{"x": 1}""");
        Assert.Empty(run.Last);
        Assert.Null(run.Refusal);
    }

    [Fact]
    public void A_command_to_a_run_that_never_started_is_refused()
    {
        var run = RunState.Initial(new RunId("r"));
        RunCommand[] commands =
        [
            new RunCommand.Cancel(null, Scenario.Begin), new RunCommand.TimeUp(Scenario.Begin),
            new RunCommand.Pause(null, Scenario.Begin), new RunCommand.Resume(Scenario.Begin),
        ];
        Assert.All(commands, command => Assert.Equal("run.unknown", RunDecider.Decide(run, command).Refusal?.Code));
    }

    [Fact]
    public void The_end_of_a_slot_never_dispatched_is_refused_as_stale_even_before_the_start()
    {
        var run = RunState.Initial(new RunId("r"));
        var finish = new RunCommand.FinishItem(
            new Slot("a", 1, Slot.NoItem, 1), new ItemOutcome(SlotStatus.Completed, Value.Null), Scenario.Begin);
        Assert.Equal("slot.unknown", RunDecider.Decide(run, finish).Refusal?.Code);
    }

    [Fact]
    [Trait("lesson", "5.9")]
    public void A_rerun_names_its_origin_and_means_by_the_names_of_workflows_what_that_has_meant()
    {
        var child = Scenario.Read("ref: lib.child\ntasks: [{name: x, action: core.noop}]");
        var start = new RunCommand.Start(
            Scenario.Read("tasks: [{name: a, action: lib.child}]"), Value.Map.Empty, RunLimits.Default, null, Scenario.Begin,
            Origin: new RunId("first"), Called: [new CalledWorkflow("lib.child", child)]);
        var before = RunState.Initial(new RunId("again"));
        var decision = RunDecider.Decide(before, start, KnownActions.None.ThatCanLookUp());

        var run = before.Evolve(decision.Events);
        Assert.Empty(decision.Asks);
        Assert.Equal((new RunId("first"), child), (run.Origin, run.Called["lib.child"]));
        Assert.True(Assert.Single(decision.Events.OfType<RunEvent.Dispatched>()).IsCall);
        Assert.Equal(run.Origin, RunRows.RowOf(run).Origin);
    }

    [Fact]
    public void Every_refusal_and_problem_has_a_sentence_of_advice()
    {
        var codes = typeof(RunCodes).GetFields().Select(field => (string)field.GetValue(null)!).ToList();
        Assert.NotEmpty(codes);
        Assert.Equal(codes.Count, codes.Distinct().Count());
        Assert.All(codes, code => Assert.EndsWith(".", Core.Workflows.ProblemAdvice.Of(code)));
    }
}
