using System.Collections.Immutable;
using Executor.Core.Expressions;

namespace Executor.Core.Workflows;

/// <summary>Collects what is wrong with one file, so that its author sees all of it at once.</summary>
internal sealed class ProblemList
{
    private readonly List<SpecProblem> _problems = [];
    private readonly NearestName _nearest = new();

    /// <summary>Whether a text is checked, and not only read again that may have been stored long ago.</summary>
    public bool IsCheck { get; init; }

    public bool HasErrors { get; private set; }

    public int Count => _problems.Count;

    /// <param name="count">How many problems there were, warnings included.</param>
    public bool HasErrorsSince(int count) =>
        _problems.Skip(count).Any(problem => problem.Severity == ProblemSeverity.Error);

    public void Error(string code, string message, Position at, string? advice = null)
    {
        HasErrors = true;
        _problems.Add(new SpecProblem(code, message, at, advice ?? ProblemAdvice.Of(code)));
    }

    /// <summary>What was once taken as it stands: who writes it is told, and what is stored with it can still be read.</summary>
    public void ErrorWhenChecked(string code, string message, Position at, string? advice = null)
    {
        if (IsCheck)
        {
            Error(code, message, at, advice);
        }
    }

    public void Warn(string code, string message, Position at, string? advice = null) =>
        _problems.Add(new SpecProblem(code, message, at, advice ?? ProblemAdvice.Of(code), ProblemSeverity.Warning));

    public void Error(ExpressionError error) => Error(error.Code, error.Message, error.At, error.Hint);

    /// <summary>The known name that was probably meant, as a question to end a message with; else empty.</summary>
    public string DidYouMean(string name, IEnumerable<string> known) =>
        _nearest.To(name, known) is { } near ? $" Did you mean '{near}'?" : "";

    /// <summary>As <see cref="DidYouMean(string, IEnumerable{string})"/>, for names that are written in another way.</summary>
    /// <param name="known">Each name with what to write for it.</param>
    public string DidYouMean(string name, IEnumerable<KeyValuePair<string, string>> known) =>
        _nearest.To(name, known.Select(one => one.Key)) is { } near
            ? $" Did you mean '{known.First(one => one.Key == near).Value}'?"
            : "";

    /// <summary>In the order of the file.</summary>
    public ImmutableArray<SpecProblem> ToImmutable() =>
        [.. _problems.Distinct().OrderBy(problem => problem.At.Line).ThenBy(problem => problem.At.Column)];
}
