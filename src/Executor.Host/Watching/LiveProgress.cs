using System.Globalization;
using Executor.Core.Runs;
using Executor.Host.Output;
using Spectre.Console;

namespace Executor.Host.Watching;

/// <summary>A table on a terminal, redrawn in place.</summary>
internal sealed class LiveProgress : IProgressView
{
    private const int Narrow = 80;

    /// <summary>Columns for all but the name and the progress.</summary>
    private const int Rest = 24;

    /// <summary>Columns left free at the end of each line, so that a key echoed there does not break the line.</summary>
    private const int EchoedKey = 4;

    /// <summary>Erases what stands right of the cursor, where a terminal echoes the keys that are pressed.</summary>
    private const string EraseEcho = "\u001b[K";

    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(100);
    private static readonly Style Quiet = new(Color.Grey);

    private readonly IAnsiConsole _console = AnsiConsole.Create(
        new AnsiConsoleSettings { Out = new AnsiConsoleOutput(SafeWriter.Terminal) });

    public async Task ShowAsync(RunMirror mirror, CancellationToken end)
    {
        using var timer = new PeriodicTimer(Redraw);
        await _console.Live(new Text("")).AutoClear(false).StartAsync(async live =>
        {
            do
            {
                Draw(live, mirror);
                await Ticks.NextAsync(timer, end);
            }
            while (!end.IsCancellationRequested);

            Draw(live, mirror);
        });
    }

    private void Draw(LiveDisplayContext live, RunMirror mirror)
    {
        live.UpdateTarget(Picture(mirror));
        if (_console.Profile.Capabilities.Ansi)
        {
            SafeWriter.Terminal.Write(EraseEcho);
            SafeWriter.Terminal.Flush();
        }
    }

    private Rows Picture(RunMirror mirror)
    {
        var width = _console.Profile.Width;
        var now = DateTimeOffset.UtcNow;
        var view = RunView.Of(mirror.Run);
        var visits = view.Visits.Skip(view.Visits.Count - Math.Max(3, _console.Profile.Height - 6)).ToList();
        var longest = visits.Select(visit => VisitText.Name(visit).Length).DefaultIfEmpty().Max();
        var names = Math.Clamp(longest, 1, width / 3);
        var progress = Math.Max(12, width - names - Rest);
        var table = new Table().Border(TableBorder.None).HideHeaders();
        for (var column = 0; column < 5; column++)
        {
            table.AddColumn(new TableColumn("").NoWrap());
        }

        foreach (var visit in visits)
        {
            table.AddRow(
                Sign(visit), new Text(SafeText.Short(VisitText.Name(visit), names)), Progress(visit, progress),
                new Text(visit.Attempts > (visit.Items?.Total ?? 1) ? $"{visit.Attempts} attempts" : "", Quiet),
                new Text(Elapsed.Text((visit.EndedAt ?? now) - visit.StartedAt), Quiet));
        }

        var status = $"{StatusWords.Of(view.Status)}, {Elapsed.Text((view.EndedAt ?? now) - view.StartedAt)}";
        return new Rows([table, .. Below(mirror, width - EchoedKey), new Text(status)]);
    }

    private static IEnumerable<Text> Below(RunMirror mirror, int width) => new[] { mirror.LastLine, mirror.Note }
        .Where(line => line.Length > 0)
        .Select(line => new Text(SafeText.Short(line, width), Quiet));

    private static Text Sign(VisitView visit) => visit.Status switch
    {
        SlotStatus.Completed => new Text("✓", new Style(Color.Green)),
        SlotStatus.Skipped => new Text("-", Quiet),
        _ when visit.EndedAt is not null => new Text("✗", new Style(Color.Red)),
        SlotStatus.Scheduled => new Text("…", Quiet),
        _ => new Text("•", new Style(Color.Yellow)),
    };

    private Text Progress(VisitView visit, int width)
    {
        if (visit.Items is not { } items)
        {
            return new Text(
                SafeText.Short(visit.Error ?? StatusWords.Of(visit.Status), width),
                new Style(visit.Error is null ? Color.Default : Color.Red));
        }

        var ended = VisitText.Ended(items);
        var length = _console.Profile.Width < Narrow ? 8 : 20;
        var full = items.Total == 0 ? length : (int)((long)length * ended / items.Total);
        var bar = new string('█', full) + new string('░', length - full);
        var counts = string.Create(CultureInfo.InvariantCulture, $"{bar} {ended}/{items.Total}{VisitText.Bad(items)}");
        return new Text(SafeText.Short(counts, width), new Style(ended > items.Succeeded ? Color.Red : Color.Default));
    }
}
