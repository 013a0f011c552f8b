using System.Text.Json;
using Executor.Core.Explaining;
using Executor.Core.Rehearsing;
using Executor.Core.Runs;

namespace Executor.Rehearsal;

/// <summary>A run that was rehearsed to its end: what went out, how it ended, and why.</summary>
public sealed class RehearsedRun
{
    private static readonly RunId Id = new("rehearsal");
    private readonly Expectation _expected;
    private readonly TaskNames _names;

    internal RehearsedRun(RehearsalReport report, Expectation expected, TaskNames names)
    {
        Report = report;
        _expected = expected;
        _names = names;
    }

    /// <summary>completed, failed, timeout or cancelled.</summary>
    public string Status => StatusWords.Of(Report.Status);

    /// <summary>The rendered <c>output_map</c>; an empty object where there is none.</summary>
    public JsonElement Output => Json.Element(Report.Output);

    /// <summary>The variables of the workflow at the end.</summary>
    public JsonElement Variables => Json.Element(Report.Variables);

    /// <summary>All that went out to workers, in order.</summary>
    public IReadOnlyList<SentAction> Dispatches => [.. Report.Dispatches.Select(SentAction.Of)];

    /// <summary>The tasks that were entered, in order, each as <c>task/visit status</c>: <c>poll/2 completed</c>.</summary>
    public IReadOnlyList<string> Visits =>
        [.. Report.Tasks.Select(visit => $"{visit.Task}/{visit.Visit} {StatusWords.Of(visit.Status)}")];

    /// <summary>Codes of all that went wrong, warnings included: <c>task.failed</c>, <c>join.unreachable</c>.</summary>
    public IReadOnlyList<string> Problems => [.. Report.Problems.Select(problem => problem.Code)];

    /// <summary>
    /// Sentences about what deserves a look although the run has no problem with it: conditions that could not be evaluated
    /// and therefore did not hold, and all of <see cref="NeverAsked"/>.
    /// </summary>
    public IReadOnlyList<string> Warnings =>
    [
        .. Report.Warnings.Select(warning => warning.Task is { } task ? $"'{task}': {warning.Message}" : warning.Message),
    ];

    /// <summary>Parts of the script that the run never asked for: <c>task 'x', visit 2, item 5</c>.</summary>
    public IReadOnlyList<string> NeverAsked => Report.NeverAsked;

    internal RehearsalReport Report { get; }

    /// <summary>Sentences that say why a task ran, did not run or failed; without a task, about all of them.</summary>
    /// <exception cref="ArgumentException">The workflow has no such task.</exception>
    public IReadOnlyList<string> Explain(string? task = null)
    {
        var told = Explanation.Of(Id, Report.Journal.Select(entry => entry.AsEnumerable()), task)
            ?? throw new ArgumentException($"There is no task '{task}'.", nameof(task));
        return [.. told.Select(sentence => sentence.Text)];
    }

    /// <param name="status">completed, failed, timeout or cancelled.</param>
    /// <exception cref="RehearsalExpectationException">It ended otherwise.</exception>
    public RehearsedRun ShouldEnd(string status) =>
        Check(Expectation.Nothing with { Statuses = [Words.Status(status)] });

    /// <summary>The output has this entry with this value.</summary>
    /// <exception cref="RehearsalExpectationException">It has not.</exception>
    public RehearsedRun ShouldGive(string name, object? value) =>
        Check(Expectation.Nothing with { Output = Expectation.Nothing.Output.With(name, Json.Value(value)) });

    /// <summary>Something was dispatched for the task exactly so often, over all visits, items and attempts.</summary>
    /// <exception cref="RehearsalExpectationException">It was not.</exception>
    /// <exception cref="ArgumentException">The workflow has no such task.</exception>
    public RehearsedRun ShouldDispatch(string task, int times) =>
        Check(Expectation.Nothing with { Dispatches = Expectation.Nothing.Dispatches.SetItem(Known(task), times) });

    /// <summary>None of these tasks was entered.</summary>
    /// <exception cref="RehearsalExpectationException">One of them was.</exception>
    /// <exception cref="ArgumentException">The workflow has no such task.</exception>
    public RehearsedRun ShouldNotRun(params string[] tasks) =>
        Check(Expectation.Nothing with { NotRun = [.. tasks.Select(Known)] });

    /// <summary>Something with this code went wrong.</summary>
    /// <param name="code">As <c>join.unreachable</c>; see <see cref="Problems"/>.</param>
    /// <exception cref="RehearsalExpectationException">Nothing did.</exception>
    public RehearsedRun ShouldFind(string code) => Problems.Contains(code)
        ? this
        : throw Unexpected([$"There is no problem {code}; there are: {string.Join(", ", Problems.DefaultIfEmpty("none"))}."]);

    /// <summary>The run asked for every part of the script; see <see cref="NeverAsked"/>.</summary>
    /// <exception cref="RehearsalExpectationException">It left some out.</exception>
    public RehearsedRun ShouldAskForAllOfTheScript() => NeverAsked.Count == 0
        ? this
        : throw Unexpected(NeverAsked.Select(part => $"Scripted but never asked for: {part}."));

    /// <summary>All that the script expects: its <c>expect</c>, or what <c>Expect...</c> said.</summary>
    /// <exception cref="RehearsalExpectationException">Something went otherwise.</exception>
    public RehearsedRun ShouldBeAsExpected() => Check(_expected);

    private string Known(string task) => _names.WhyNot(task) is { } whyNot ? throw new ArgumentException(whyNot) : task;

    private RehearsedRun Check(Expectation expected)
    {
        var misses = expected.Misses(Report);
        return misses.IsEmpty ? this : throw Unexpected(misses);
    }

    private RehearsalExpectationException Unexpected(IEnumerable<string> misses) =>
        new($"{string.Join('\n', misses)}\n\n{string.Join('\n', Explain())}");
}
