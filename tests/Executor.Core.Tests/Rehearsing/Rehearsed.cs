using Executor.Core.Rehearsing;
using Executor.Core.Runs;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.Rehearsing;

/// <summary>Rehearses a text with a script, both as people write them.</summary>
internal static class Rehearsed
{
    public static RehearsalReport Of(
        string workflow, string script = "{}", Func<string, WorkflowSpec?>? workflows = null)
    {
        var (report, refusal) = Rehearsal.Of(Workflow(workflow), Script(workflow, script), limits: null, workflows);
        Assert.Null(refusal);
        return report!;
    }

    public static Refusal Refused(string workflow, string script)
    {
        var (report, refusal) = Rehearsal.Of(Workflow(workflow), Script(workflow, script));
        Assert.Null(report);
        return refusal!;
    }

    public static ScriptReading Reading(string workflow, string script) => ScriptReader.Read(script, Workflow(workflow));

    /// <summary>Places in the order of dispatch.</summary>
    public static IEnumerable<string> Order(RehearsalReport report) =>
        report.Dispatches.Select(dispatch => dispatch.Slot.ToString());

    public static IEnumerable<string> Visits(RehearsalReport report) =>
        report.Tasks.Select(visit => $"{visit.Task}/{visit.Visit} {visit.Status}");

    public static WorkflowSpec Workflow(string text)
    {
        var reading = WorkflowYaml.Read(text, "test");
        Assert.Empty(reading.Problems);
        return reading.Spec!;
    }

    private static RehearsalScript Script(string workflow, string script)
    {
        var reading = Reading(workflow, script);
        Assert.Empty(reading.Problems);
        return reading.Script!;
    }
}
