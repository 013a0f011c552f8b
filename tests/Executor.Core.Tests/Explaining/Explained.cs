using Executor.Core.Explaining;
using Executor.Core.Tests.Runs;

namespace Executor.Core.Tests.Explaining;

/// <summary>What is said of a run in a test.</summary>
internal static class Explained
{
    /// <summary>Of a task: <c>kind: text</c>.</summary>
    public static string[] Task(Scenario run, string task) => [.. Of(run, task).Select(Line)];

    public static string[] Run(Scenario run) =>
        [.. Of(run, null).Where(one => one.Kind is SentenceKind.Run or SentenceKind.Problem).Select(Line)];

    /// <summary>The only sentence of its kind about a task.</summary>
    public static string Only(Scenario run, string task, SentenceKind kind) =>
        Assert.Single(Of(run, task), one => one.Kind == kind).Text;

    public static string[] All(Scenario run, string task, SentenceKind kind) =>
        [.. Of(run, task).Where(one => one.Kind == kind).Select(one => one.Text)];

    public static IEnumerable<Sentence> Of(Scenario run, string? task, int? visit = null) =>
        Explanation.Of(run.Run.Id, run.Journal, task, visit)!.Value;

    private static string Line(Sentence sentence) => $"{sentence.Kind}: {sentence.Text}";
}
