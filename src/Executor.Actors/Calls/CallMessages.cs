using System.Collections.Immutable;
using Executor.Core.Runs;
using Executor.Core.Workflows;

namespace Executor.Actors.Calls;

/// <summary>From a run: other runs are to hear this. Answered by <see cref="Dispatching.Known"/>, one by one.</summary>
/// <param name="Effects">Each a <see cref="RunEffect.Call"/> or a <see cref="RunEffect.TellParent"/>.</param>
public sealed record ToOthers(RunId Run, IReadOnlyList<RunEffect> Effects);

/// <summary>From a run: which workflows are these? Answered by <see cref="LookedUp"/>, when it is known.</summary>
/// <param name="Root">The run with which everything began.</param>
/// <param name="Actions">Names, each once.</param>
public sealed record LookUp(RunId Root, ImmutableArray<string> Actions);

/// <param name="Found">In the order asked; null: no workflow is called so.</param>
public sealed record LookedUp(ImmutableArray<(string Action, WorkflowSpec? Workflow)> Found);
