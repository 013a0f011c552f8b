using Executor.Core.Runs;

namespace Executor.Storage.Rows;

/// <summary>A row of the runs that are due, as it is read.</summary>
internal sealed record DueLine(string Run, long Due)
{
    /// <summary>The parameters of <see cref="DueTimes.Due"/>.</summary>
    public static object Page(DateTimeOffset now, DueRun? after, int limit) => new
    {
        now = Micros.Of(now),
        after = after is null ? long.MinValue : Micros.Of(after.Due),
        run = after?.Run.Text ?? "",
        limit,
    };

    public DueRun ToRun() => new(new RunId(Run), Micros.ToTime(Due));
}
