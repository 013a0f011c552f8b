using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.Simulation.Programs;

/// <summary>A workflow, read by the real reader, and how its attempts end.</summary>
/// <param name="IsOrderFree">By its construction the outcome does not depend on the order of anything.</param>
/// <param name="MostVisits">What ends a loop that nothing else ends.</param>
internal sealed record Scenario(
    WorkflowSpec Workflow, Script Script, bool IsOrderFree, int MostVisits = Scenario.UsualVisits)
{
    public const int UsualVisits = 300;
    private const string Name = "simulated.flow";

    public RunLimits Limits { get; } = new() { MaxVisits = MostVisits, StartAllowance = TimeSpan.FromHours(1) };

    public Value.Map Inputs { get; } = FittingInputs.Of(Workflow.Parameters);

    /// <summary>Null for a run from the start.</summary>
    public Repetition? Rerun { get; private init; }

    public Blocks Blocks { get; } = BlocksOf.Workflow(Workflow);

    public string Yaml => Workflow.Source;

    /// <returns>Null when nothing of the kind can run again.</returns>
    public Scenario? Again(Past past) => past.Of(this) is { } rerun ? this with { Rerun = rerun } : null;

    /// <exception cref="InvalidOperationException">The reader refuses the text.</exception>
    public static Scenario Read(
        string yaml, IReadOnlyDictionary<string, string> letters, bool isOrderFree = false, int mostVisits = UsualVisits) =>
        TryRead(yaml, letters, isOrderFree, mostVisits)
        ?? throw new InvalidOperationException(
            $"The workflow is refused: {string.Join("; ", WorkflowYaml.Read(yaml, Name).Problems)}\n{yaml}");

    /// <returns>Null when the reader refuses the text.</returns>
    public static Scenario? TryRead(
        string yaml, IReadOnlyDictionary<string, string> letters, bool isOrderFree = false, int mostVisits = UsualVisits)
    {
        var read = WorkflowYaml.Read(yaml, Name);
        return read.Spec is null || read.Problems.Any(problem => problem.Severity == ProblemSeverity.Error)
            ? null
            : new Scenario(read.Spec, new Script(letters), isOrderFree, mostVisits);
    }
}
