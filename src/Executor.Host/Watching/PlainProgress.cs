using Executor.Core.Runs;
using Executor.Host.Output;

namespace Executor.Host.Watching;

/// <summary>A line for each thing that has happened; the counts of long lists at most once a second.</summary>
internal sealed class PlainProgress : IProgressView
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan BetweenCounts = TimeSpan.FromSeconds(1);

    private readonly Dictionary<(string Task, int Visit), VisitView> _told = [];
    private string _note = "";
    private bool _isPaused;
    private long _counted = Environment.TickCount64;

    public async Task ShowAsync(RunMirror mirror, CancellationToken end)
    {
        using var timer = new PeriodicTimer(Look);
        do
        {
            Tell(mirror);
            await Ticks.NextAsync(timer, end);
        }
        while (!end.IsCancellationRequested);

        Tell(mirror);
    }

    private void Tell(RunMirror mirror)
    {
        if (mirror.Note is var note && note != _note)
        {
            Talk.Line(note);
            _note = note;
        }

        Tell(mirror.Run);
        TellPause(mirror.Run);
    }

    private void TellPause(RunState run)
    {
        if (run.IsPaused != _isPaused && !run.HasEnded && !run.IsStopping)
        {
            _isPaused = run.IsPaused;
            var reason = run.PauseReason is { } said ? $" ({SafeText.OneLine(said)})" : "";
            Talk.Line(_isPaused ? $"paused{reason}: what runs ends, and nothing new starts" : "resumed");
        }
    }

    private void Tell(RunState run)
    {
        var counts = Environment.TickCount64 - _counted >= BetweenCounts.TotalMilliseconds;
        foreach (var visit in RunView.Of(run).Visits)
        {
            var key = (visit.Task, visit.Visit);
            if (!_told.TryGetValue(key, out var told))
            {
                told = visit with { Status = SlotStatus.Requested, Attempts = 1, EndedAt = null, Items = null };
                Talk.Line($"{VisitText.Name(visit)}: {Opened(visit)}");
                _told[key] = told;
            }

            if (told.EndedAt != visit.EndedAt || HasNews(told, visit, counts))
            {
                Talk.Line($"{VisitText.Name(visit)}: {News(visit)}");
                _told[key] = visit;
            }
        }

        _counted = counts ? Environment.TickCount64 : _counted;
    }

    private static bool HasNews(VisitView told, VisitView visit, bool counts) => visit.Items is { } items
        ? counts && VisitText.Ended(items) > VisitText.Ended(told.Items ?? default)
        : visit.EndedAt is null && visit.Attempts > told.Attempts;

    private static string Opened(VisitView visit) => visit switch
    {
        { IsKept: true, EndedAt: not null } => "kept",
        { Items: { } items } => $"started, {items.Total} items",
        { Status: SlotStatus.Scheduled } => "waits",
        _ => "started",
    };

    private static string News(VisitView visit)
    {
        var items = visit.Items is { } counts
            ? $"{VisitText.Ended(counts)}/{counts.Total} items{VisitText.Bad(counts)}"
            : visit.EndedAt is null ? $"attempt {visit.Attempts}" : "";
        if (visit.EndedAt is null)
        {
            return items;
        }

        var error = visit.Error is null ? "" : ": " + SafeText.Short(visit.Error, 200);
        return StatusWords.Of(visit.Status) + (items.Length > 0 ? ", " + items : "") + error;
    }
}
