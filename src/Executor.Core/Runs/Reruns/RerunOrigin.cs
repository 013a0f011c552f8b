namespace Executor.Core.Runs.Reruns;

/// <summary>What a rerun takes from the run that it repeats, besides the workflow and the inputs.</summary>
/// <param name="Called">What names of workflows that tasks call have meant there, and mean from the beginning.</param>
/// <param name="Plan">What is kept; null: nothing, and all of it runs from the start.</param>
public sealed record RerunOrigin(RunId Run, IReadOnlyList<CalledWorkflow> Called, RerunPlan? Plan);
