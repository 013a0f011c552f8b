using System.Collections.Immutable;
using Executor.Core.Values;

namespace Executor.Core.Runs.Reruns;

/// <summary>What a rerun keeps of its origin: it stands in the first entry of the new run, which never reads the old one.</summary>
/// <param name="Variables">As the origin began with them.</param>
/// <param name="Kept">
/// Facts of the origin, in its order, all that was out or waited left out. An arrival at visit 0 is one at what runs
/// again, of which the new run decides the number.
/// </param>
public sealed record RerunPlan(Value.Map Variables, ImmutableArray<RunEvent> Kept);
