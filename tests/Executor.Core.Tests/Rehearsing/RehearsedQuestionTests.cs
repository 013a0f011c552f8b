using Executor.Core.Rehearsing;
using Executor.Core.Runs;
using static Executor.Core.Tests.Rehearsing.Rehearsed;

namespace Executor.Core.Tests.Rehearsing;

/// <summary>Questions in a rehearsal are answered by the script.</summary>
public sealed class RehearsedQuestionTests
{
    private const string Approval =
        """
        tasks:
          - name: approve
            action: core.ask
            timeout: 1h
            input:
              prompt: Release?
              response_schema: {yes: {type: boolean, required: true}}
            next:
              - {when: "{{ succeeded() and result().response.yes }}", do: release}
              - {when: timed_out(), do: late}
          - {name: release, action: core.noop}
          - {name: late, action: core.noop}
        output_map: {by: "{{ task.approve.responded_by | default(null) }}"}
        """;

    [Fact]
    public void A_scripted_answer_is_the_answer_of_a_person()
    {
        var report = Of(Approval, "script: {tasks: {approve: [{answer: {yes: true}}]}}");

        Assert.Equal(["approve/1/1", "release/1/1"], Order(report));
        Assert.Equal("""{"by":"script"}""", report.Output.ToString());
    }

    [Fact]
    public void A_question_may_be_late()
    {
        var report = Of(Approval, "script: {tasks: {approve: [{status: timeout}]}}");

        Assert.Equal(["approve/1 Timeout", "late/1 Completed"], Visits(report));
    }

    [Fact]
    public void What_the_script_leaves_open_is_answered_by_the_default_also_when_it_is_late()
    {
        var workflow = Approval.Replace(
            "prompt: Release?", "prompt: Release?\n      default_response: {yes: true}", StringComparison.Ordinal);

        Assert.Equal(["approve/1/1", "release/1/1"], Order(Of(workflow)));
        Assert.Equal(
            ["approve/1/1", "release/1/1"], Order(Of(workflow, "script: {tasks: {approve: [{status: timeout}]}}")));
    }

    [Theory]
    [InlineData("script: {tasks: {approve: [{answer: {yes: 5}}]}}", "inquiry.invalid", 37)]
    [InlineData("script: {tasks: {approve: [{answer: {yes: true}}], release: [{answer: 1}]}}", "inquiry.unknown", 71)]
    [InlineData("script: {default: {answer: {yes: true}}}", "inquiry.unknown", 28)]
    public void An_answer_that_does_not_fit_is_refused_with_its_place(string script, string code, int column)
    {
        var refusal = Assert.IsType<ScriptRefusal>(Refused(Approval, script));

        Assert.Equal((code, code, $"1:{column}"), (refusal.Code, refusal.InScript!.Code, refusal.InScript.At.ToString()));
        Assert.False(string.IsNullOrEmpty(refusal.InScript.Advice));
        Assert.StartsWith("The answer for '", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_nobody_answers_ends_with_its_time()
    {
        var report = Of(Approval);

        Assert.Equal(["approve/1 Timeout", "late/1 Completed"], Visits(report));
        Assert.Equal("""{"by":null}""", report.Output.ToString());
    }

    /// <summary>The default answers when the time is up, which it never is.</summary>
    [Theory]
    [InlineData("prompt: Release?")]
    [InlineData("prompt: Release?\n      default_response: {yes: true}")]
    public void One_that_nobody_answers_and_that_has_no_time_waits_for_ever(string input)
    {
        var workflow = Approval.Replace("    timeout: 1h\n", "", StringComparison.Ordinal)
            .Replace("prompt: Release?", input, StringComparison.Ordinal);
        var refusal = Refused(workflow, "{}");

        Assert.Equal(RehearsalCodes.Unanswered, refusal.Code);
        Assert.StartsWith("The question of 'approve' (approve/1/1) waits for an answer for ever", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>As outside of rehearsals: everything else goes on meanwhile, and may close the question.</summary>
    [Theory]
    [InlineData("  - {name: stop, action: core.noop, delay: 60, next: [{do: fail}]}", "{}", RunStatus.Failed)]
    [InlineData("timeout: 1h", "{}", RunStatus.Timeout)]
    [InlineData("  - {name: other, action: core.noop}", "controls: [{after: 1, op: cancel}]", RunStatus.Cancelled)]
    public void It_holds_up_nothing_else(string more, string script, RunStatus end)
    {
        const string Asking = "tasks:\n  - {name: approve, action: core.ask, input: {prompt: Well?}}\n";

        Assert.Equal(end, Of(more.StartsWith(' ') ? $"{Asking}{more}" : $"{more}\n{Asking}", script).Status);
    }

    [Fact]
    public void An_item_that_the_script_leaves_out_is_not_answered_either()
    {
        const string Asking =
            "tasks: [{name: ask, action: core.ask, with_items: [1, 2], concurrency: 2, input: {prompt: Well?}}]";

        Assert.Contains("(ask/1[1]/1)", Refused(Asking, "script: {tasks: {ask: [{items: [{answer: 1}]}]}}").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancel_closes_the_question()
    {
        var report = Of(Approval, "controls: [{after: 0, op: cancel}]");

        Assert.Equal(RunStatus.Cancelled, report.Status);
        Assert.Equal(["approve/1 Cancelled"], Visits(report));
    }
}
