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
    [InlineData("script: {tasks: {approve: [{answer: {yes: 5}}]}}", "inquiry.invalid")]
    [InlineData("script: {tasks: {approve: [{answer: {yes: true}}], release: [{answer: 1}]}}", "inquiry.unknown")]
    public void An_answer_that_does_not_fit_is_refused(string script, string code) =>
        Assert.Equal(code, Refused(Approval, script).Code);

    [Fact]
    public void A_cancel_closes_the_question()
    {
        var report = Of(Approval, "controls: [{after: 0, op: cancel}]");

        Assert.Equal(RunStatus.Cancelled, report.Status);
        Assert.Equal(["approve/1 Cancelled"], Visits(report));
    }
}
