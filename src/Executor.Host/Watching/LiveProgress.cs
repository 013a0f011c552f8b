using System.Diagnostics;
using System.Globalization;
using Executor.Core.Runs;
using Executor.Host.Output;
using Spectre.Console;

namespace Executor.Host.Watching;

/// <summary>A table on a terminal, redrawn in place.</summary>
internal sealed class LiveProgress : IProgressView
{
    private const int BarWidth = 20;
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(100);

    private readonly IAnsiConsole _console = AnsiConsole.Create(
        new AnsiConsoleSettings { Out = new AnsiConsoleOutput(SafeWriter.Terminal) });

    private readonly long _started = Stopwatch.GetTimestamp();

    public async Task ShowAsync(RunMirror mirror, CancellationToken end)
    {
        using var timer = new PeriodicTimer(Redraw);
        await _console.Live(new Text("")).AutoClear(false).StartAsync(async live =>
        {
            do
            {
                live.UpdateTarget(Picture(mirror));
                await Ticks.NextAsync(timer, end);
            }
            while (!end.IsCancellationRequested);

            live.UpdateTarget(Picture(mirror));
        });
    }

    private Rows Picture(RunMirror mirror)
    {
        var table = new Table().Border(TableBorder.None).HideHeaders()
            .AddColumns("", "task", "progress", "attempts", "time");
        var visits = RunView.Of(mirror.Run).Visits.ToList();
        foreach (var visit in visits.Skip(visits.Count - Math.Max(3, _console.Profile.Height - 6)))
        {
            table.AddRow(
                Sign(visit), new Text(VisitText.Name(visit)), Progress(visit),
                new Text(visit.Attempts > 1 ? $"{visit.Attempts} attempts" : "", new Style(Color.Grey)),
                new Text(Time(visit), new Style(Color.Grey)));
        }

        var width = Math.Max(20, _console.Profile.Width - 4);
        return new Rows(
            table,
            new Text(SafeText.Short(mirror.LastLine, width), new Style(Color.Grey)),
            new Text($"{StatusWords.Of(mirror.Run.Status)}, {Elapsed.Text(Stopwatch.GetElapsedTime(_started))}"));
    }

    private static Text Sign(VisitView visit) => visit.Status switch
    {
        SlotStatus.Completed => new Text("✓", new Style(Color.Green)),
        SlotStatus.Skipped => new Text("-", new Style(Color.Grey)),
        _ when visit.EndedAt is not null => new Text("✗", new Style(Color.Red)),
        SlotStatus.Scheduled => new Text("…", new Style(Color.Grey)),
        _ => new Text("•", new Style(Color.Yellow)),
    };

    private static Text Progress(VisitView visit)
    {
        if (visit.Items is not { } items)
        {
            return new Text(
                visit.Error is null ? StatusWords.Of(visit.Status) : SafeText.Short(visit.Error, 60),
                new Style(visit.Error is null ? Color.Default : Color.Red));
        }

        var ended = VisitText.Ended(items);
        var full = items.Total == 0 ? BarWidth : (int)((long)BarWidth * ended / items.Total);
        var bar = new string('█', full) + new string('░', BarWidth - full);
        var counts = string.Create(CultureInfo.InvariantCulture, $"{bar} {ended}/{items.Total}{VisitText.Bad(items)}");
        return new Text(counts, new Style(ended > items.Succeeded ? Color.Red : Color.Default));
    }

    private static string Time(VisitView visit) => visit.EndedAt is { } ended
        ? Elapsed.Text(ended - visit.StartedAt)
        : "";
}
