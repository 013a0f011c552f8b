using System.Globalization;
using System.Text.RegularExpressions;
using Executor.Core.Rehearsing;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Core.Tests.Reference;

/// <summary>What a run did, as lines that can be compared.</summary>
internal static partial class Account
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
        course.Courses.Prepend(course).SelectMany(one => one.Opened.Select(visit => new RehearsedVisit(
            one.Path + visit.Task.Name, visit.Number, visit.Status))),
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
        .. dispatches.Select(Line).Select(Masked),
        .. visits.Where(visit => !IsCalled(visit)).Select(Line),
        .. visits.Where(IsCalled).Select(Line).Order(StringComparer.Ordinal),
        $"run {status}",
        Masked($"output {output}"),
        Masked($"variables {variables}"),
        .. problems.Select(problem => $"problem {problem.Code} {problem.Task}".TrimEnd()).Order(StringComparer.Ordinal),
    ];

    /// <summary>Decisions of several runs come in between each other: each run's order is that of its own dispatches.</summary>
    private static bool IsCalled(RehearsedVisit visit) => visit.Task.Contains('/', StringComparison.Ordinal);

    private static string Line(RehearsedVisit visit) => $"visit {visit.Task}/{visit.Visit} {visit.Status}";

    /// <summary>What a called run says of its failure is for people, and worded by each.</summary>
    private static string Masked(string line) => Causes().Replace(Error().Replace(line, "$1"), "\"causes\":[]");

    [GeneratedRegex("""("error":"Workflow (?:failed|timed out|cancelled))(?:[^"\\]|\\.)*""")]
    private static partial Regex Error();

    [GeneratedRegex("""
        "causes":\[(?:\{"task":(?:null|"(?:[^"\\]|\\.)*"),"code":"(?:[^"\\]|\\.)*","message":"(?:[^"\\]|\\.)*"(?:,"causes":\[(?:[^"\]]|"(?:[^"\\]|\\.)*")*\])?\},?)*\]
        """)]
    private static partial Regex Causes();

    private static string Line(RehearsedDispatch sent) => string.Create(
        CultureInfo.InvariantCulture,
        $"dispatch {sent.Number} {sent.Slot} {sent.Action} {sent.Input} waited {sent.Delay.TotalSeconds} after {sent.After}");
}
