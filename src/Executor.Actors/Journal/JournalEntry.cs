using System.Collections.Immutable;
using Executor.Core.Runs;

namespace Executor.Actors.Journal;

/// <summary>All that was decided at one moment, stored as one row or not at all.</summary>
/// <param name="Node">Where the deciding actor lived.</param>
/// <param name="Incarnation">Names one life of that actor, so that two writers of one run can be told apart afterwards.</param>
public sealed record JournalEntry(
    ImmutableArray<RunEvent> Events, string Node, string Incarnation, DateTimeOffset At);
