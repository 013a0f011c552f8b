using Executor.Core.Runs;
using Executor.Core.Tests.Runs;
using Executor.Core.Tests.Workflows;
using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.Vectors;

public sealed class StartOutcomes
{
    [Fact]
    [Trait("vector", "W26")]
    public void A_workflow_without_an_entry_task_is_refused()
    {
        var run = Scenario.OfFlow("""
            a -*-> b
            b -*-> a
            """);
        Assert.Equal("workflow.no-entry", run.Refusal?.Code);
        Assert.Contains("workflow.no-entry 3:11", Texts.Checked(Flow.Of("a -*-> b\nb -*-> a")));
    }

    [Fact]
    [Trait("vector", "W27")]
    [Trait("lesson", "12.3")]
    public void The_journal_holds_the_whole_definition_so_that_a_run_never_sees_an_edit()
    {
        const string Header = "parameters: {p: {default: 1}}\nvars: {v: 1}\noutput_map: {all: \"{{ [parameters.p, v] }}\"}";
        var run = Scenario.OfFlow("a -S-> b", Header);
        var started = Assert.IsType<RunEvent.RunStarted>(run.Events.First());
        Assert.Equal(started.Workflow.Hash, Scenario.Read(started.Workflow.Source).Hash);

        var edited = Scenario.Read(Flow.Of("a -S-> c", Header.Replace('1', '2')));
        run.Give(new RunCommand.Start(edited, Value.Map.Empty, RunLimits.Default, "key-1", run.Now));
        Assert.Empty(run.Last);
        run.Succeed("a").Succeed("b");

        Assert.Equal((RunStatus.Completed, """{"all":[1,1]}"""), (run.Status, run.Run.Output.ToString()));
        Assert.Equal(["a/1 completed", "b/1 completed"], run.Visits);
    }

    [Fact]
    [Trait("vector", "W28")]
    [Trait("lesson", "2.5")]
    public void A_visit_that_cannot_open_ends_failed_in_the_same_decision_and_its_transitions_are_followed()
    {
        string[] faults =
        [
            "action: '{{ 5 }}'", "action: '{{ \"\" }}'", "timeout: '{{ \"soon\" }}'", "pool: '{{ null }}'", "pool: '{{ \"\" }}'",
        ];
        foreach (var broken in faults)
        {
            foreach (var handled in new[] { true, false })
            {
                var run = Scenario.OfFlow($"""
                    a -S-> b
                    b: {broken}
                    """ + (handled ? "\nb -F-> c" : ""));
                run.Succeed("a");
                Assert.Equal(handled ? ["c"] : [], run.Out);
                Assert.Equal(2, run.Entries);
                run = handled ? run.Succeed("c") : run;
                Assert.Equal(handled ? RunStatus.Completed : RunStatus.Failed, run.Status);
            }
        }
    }

    [Theory]
    [Trait("vector", "W28")]
    [InlineData("", RunStatus.Failed)]
    [InlineData("a -F-> noop", RunStatus.Completed)]
    public void An_action_that_nobody_has_fails_its_visit_and_the_check_knows_it_where_all_are_known(
        string transition, RunStatus end)
    {
        var known = new KnownActions([new ActionSpec("core.noop", new ParameterSchema([], Open: true))], areAll: true);
        var text = Flow.Of($"a: action: no.body\n{transition}");
        var start = new RunCommand.Start(
            Scenario.Read(text), Value.Map.Empty, RunLimits.Default, null, Scenario.Begin);
        var fresh = RunState.Initial(new RunId("r"));

        var run = fresh.Evolve(RunDecider.Decide(fresh, start, known).Events);

        Assert.Equal((SlotStatus.Failed, "action.unknown"), (run.Visit("a", 1)!.Status, run.Visit("a", 1)!.Code));
        Assert.Equal((end, 0), (run.Status, run.DispatchCount));
        Assert.StartsWith("action.unknown", Assert.Single(Texts.Checked(text, known)));
        Assert.Empty(Texts.Checked(text));
    }
}
