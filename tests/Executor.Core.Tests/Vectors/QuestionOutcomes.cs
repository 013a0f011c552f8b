using Executor.Core.Runs;
using Executor.Core.Tests.Runs;
using Executor.Core.Values;

namespace Executor.Core.Tests.Vectors;

public sealed class QuestionOutcomes
{
    private const string Approval = """
        tasks:
          - name: ask
            action: core.ask
            timeout: 60
            input: {prompt: "Go on?", response_schema: {approved: {type: boolean}}}
            next:
              - {when: "result().response.approved == true", do: n}
              - {when: timed_out(), do: late}
          - {name: n, action: core.noop}
          - {name: late, action: core.noop}
        """;

    [Theory]
    [Trait("vector", "W18")]
    [InlineData("true", "ask/1 completed", "n/1 completed")]
    [InlineData("false", "ask/1 completed")]
    [InlineData(null, "ask/1 timeout", "late/1 completed")]
    public void The_answer_or_its_absence_leads_on_and_no_worker_is_ever_asked(string? approved, params string[] visits)
    {
        var run = Scenario.Of(Approval);
        Assert.DoesNotContain(RunEffects.Of(run.Run, run.Last), effect => effect is RunEffect.Send);

        _ = approved is null
            ? run.After(60)
            : run.Give(new RunCommand.Answer(
                run.SlotOf("ask"), ValueJson.Parse($$"""{"approved": {{approved}}}"""), "ann", run.Now));
        _ = run.Out is [var next] ? run.Succeed(next) : run;

        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Equal(visits, run.Visits);
        Assert.Equal(approved is null ? 1 : 0, run.Events.Count(happened => happened is RunEvent.ConditionFailed));
        Assert.Equal(
            approved is null ? SlotStatus.Timeout : SlotStatus.Completed,
            RunRows.Of(RunState.Initial(run.Run.Id), run.Run, [.. run.Events]).Executions[0].Status);
    }
}
