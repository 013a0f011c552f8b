using Executor.Core.Tests.Runs;

namespace Executor.Core.Tests.Vectors;

/// <summary>What expressions have come to in the input <c>v</c> of a task.</summary>
internal static class Seen
{
    /// <summary>As JSON; of a task whose input could not be rendered, why.</summary>
    public static string By(Scenario run, string task) => run.Run.Visit(task, 1)!.Code is { } code
        ? code
        : run.Input(task).ToString()["{\"v\":".Length..^1];
}
