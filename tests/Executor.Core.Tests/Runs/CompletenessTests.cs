using System.Runtime.CompilerServices;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Core.Tests.Runs;

/// <summary>Closed families are covered whole.</summary>
public sealed class CompletenessTests
{
    public static TheoryData<string> Events => Members(typeof(RunEvent));

    public static TheoryData<string> Commands => Members(typeof(RunCommand));

    [Theory]
    [MemberData(nameof(Events))]
    public void Each_event_has_a_rule_for_how_it_changes_the_state(string name)
    {
        var happened = (RunEvent)RuntimeHelpers.GetUninitializedObject(typeof(RunEvent).GetNestedType(name)!);

        Assert.False(IsWithoutRule(Record.Exception(() => Scenario.OfFlow("a").Run.Evolve(happened))));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Each_command_has_a_rule_that_decides_it(string name)
    {
        var command = (RunCommand)RuntimeHelpers.GetUninitializedObject(typeof(RunCommand).GetNestedType(name)!);

        Assert.False(IsWithoutRule(Record.Exception(() => RunDecider.Decide(Scenario.OfFlow("a").Run, command))));
    }

    [Theory]
    [InlineData(SlotStatus.Timeout, """{"succeeded":false,"timed_out":true,"error":"why"}""")]
    [InlineData(SlotStatus.Cancelled, """{"succeeded":false,"cancelled":true,"error":"why"}""")]
    [InlineData(SlotStatus.Abandoned, """{"succeeded":false,"error":"why"}""")]
    [InlineData(SlotStatus.Failed, """{"succeeded":false,"error":"why"}""")]
    public void An_end_of_which_no_action_told_can_be_asked_like_any_other(SlotStatus status, string result)
    {
        var run = Scenario.Of("""
            tasks:
              - name: a
                action: core.noop
                next: [{when: "not task.a.succeeded and result().error == 'why'", publish: [r], do: noop}]
            """);

        run.Give(new RunCommand.FinishItem(run.SlotOf("a"), ItemOutcome.Untold(status, "why", "task.x"), run.Now));

        Assert.Equal(ValueJson.Parse(result).ToString(), run.Variable("r"));
        Assert.Equal(RunStatus.Completed, run.Status);
    }

    private static bool IsWithoutRule(Exception? thrown) =>
        thrown is ArgumentOutOfRangeException or SwitchExpressionException;

    private static TheoryData<string> Members(Type family) =>
        new(family.GetNestedTypes().Where(type => type.IsSubclassOf(family)).Select(type => type.Name));
}
