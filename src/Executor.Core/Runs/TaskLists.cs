using System.Collections.Immutable;

namespace Executor.Core.Runs;

/// <summary>The tasks of a run by how they stand, each list in written order.</summary>
internal sealed record TaskLists(
    ImmutableArray<string> Current, ImmutableArray<string> Completed, ImmutableArray<string> Failed,
    ImmutableArray<string> Skipped, ImmutableArray<string> Waiting)
{
    public static TaskLists Of(RunState run)
    {
        var lists = Enumerable.Range(0, 5).Select(_ => ImmutableArray.CreateBuilder<string>()).ToArray();
        foreach (var task in run.Graph?.Tasks ?? [])
        {
            if (run.Tracks[task.Order] is { } track)
            {
                if (track.Waiting > 0)
                {
                    lists[4].Add(task.Name);
                }

                if (Place(track) is { } place)
                {
                    lists[place].Add(task.Name);
                }
            }
        }

        return new TaskLists(
            lists[0].ToImmutable(), lists[1].ToImmutable(), lists[2].ToImmutable(), lists[3].ToImmutable(),
            lists[4].ToImmutable());
    }

    private static int? Place(TaskTrack track) => track switch
    {
        { Open: > 0 } => 0,
        { LastStatus: null } => null,
        { LastStatus: SlotStatus.Completed } => 1,
        { LastStatus: SlotStatus.Skipped } => 3,
        _ => 2,
    };
}
