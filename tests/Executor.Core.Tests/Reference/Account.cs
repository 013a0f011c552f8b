using System.Globalization;
using Executor.Core.Rehearsing;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Core.Tests.Reference;

/// <summary>What a run did, as lines that can be compared.</summary>
internal static class Account
{
    public static List<string> Of(RehearsalReport report) => Lines(
        report.Dispatches,
        report.Tasks,
        report.Status,
        report.Output,
        report.Variables,
        report.Problems.Select(problem => (problem.Code, problem.Task)));

    public static List<string> Of(Course course) => Lines(
        course.Dispatches,
        course.Opened.Select(visit => new RehearsedVisit(visit.Task.Name, visit.Number, visit.Status)),
        course.Status,
        course.Output,
        course.Variables,
        course.Problems);

    private static List<string> Lines(
        IEnumerable<RehearsedDispatch> dispatches,
        IEnumerable<RehearsedVisit> visits,
        RunStatus status,
        Value output,
        Value.Map variables,
        IEnumerable<(string Code, string? Task)> problems) =>
    [
        .. dispatches.Select(Line),
        .. visits.Select(visit => $"visit {visit.Task}/{visit.Visit} {visit.Status}"),
        $"run {status}",
        $"output {output}",
        $"variables {variables}",
        .. problems.Select(problem => $"problem {problem.Code} {problem.Task}".TrimEnd()).Order(StringComparer.Ordinal),
    ];

    private static string Line(RehearsedDispatch sent) => string.Create(
        CultureInfo.InvariantCulture,
        $"dispatch {sent.Number} {sent.Slot} {sent.Action} {sent.Input} waited {sent.Delay.TotalSeconds} after {sent.After}");
}
