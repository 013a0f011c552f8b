using System.Text.Json;
using Executor.Core.Explaining;

namespace Executor.Host.Api.Shapes;

/// <summary>One thing that is said of a run.</summary>
/// <param name="Kind">For programs: what it is about.</param>
/// <param name="Task">Null when it is said of the run as a whole.</param>
/// <param name="Visit">From 1; null when it is said of the task, or of the run, as a whole.</param>
/// <param name="Text">For people.</param>
internal sealed record SentenceBody(string Kind, string? Task, int? Visit, string Text)
{
    public static SentenceBody Of(Sentence said) =>
        new(
            JsonNamingPolicy.SnakeCaseLower.ConvertName(said.Kind.ToString()), said.Task,
            said.Visit == 0 ? null : said.Visit, said.Text);
}

internal sealed record ExplanationBody(IReadOnlyList<SentenceBody> Sentences);
