using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Executor.Core.Runs;

namespace Executor.Host.Output;

/// <summary>A run and the runs that it has called, each as its journal tells it.</summary>
/// <param name="Slot">What of the run above awaits it; null at the top.</param>
/// <param name="Called">In the order of the calls.</param>
internal sealed record RunTree(RunState Run, Slot? Slot, ImmutableArray<RunTree> Called)
{
    private const int MostRuns = 1_000;

    /// <summary>At most 1,000 runs; of those that are left out nothing is said but by the first that has some.</summary>
    public int LeftOut { get; private init; }

    /// <param name="entries">The events of each entry of a journal; empty for a run that has not begun.</param>
    public static Task<RunTree> OfAsync(
        RunId run, Func<RunId, Task<IReadOnlyList<IReadOnlyList<RunEvent>>>> entries)
    {
        var room = MostRuns;
        return ReadAsync(run, null);

        async Task<RunTree> ReadAsync(RunId id, Slot? slot)
        {
            room--;
            var all = await entries(id);
            var state = all.Aggregate(RunState.Initial(id), (before, entry) => before.Evolve(entry));
            var calls = all.SelectMany(entry => entry).OfType<RunEvent.Dispatched>().Where(one => one.IsCall).ToList();
            var called = ImmutableArray.CreateBuilder<RunTree>();
            foreach (var call in calls.TakeWhile(_ => room > 0))
            {
                called.Add(await ReadAsync(RunId.OfCall(call.Id), call.Slot));
            }

            return new RunTree(state, slot, called.ToImmutable()) { LeftOut = calls.Count - called.Count };
        }
    }

    public string ForPeople()
    {
        var text = new StringBuilder();
        Write(text, "", "");
        return text.ToString();
    }

    public void WriteJson(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        if (Slot is { } slot)
        {
            RunJson.WriteSlot(json, slot);
        }

        json.WriteString("run_id", Run.Id.Text);
        json.WriteString("workflow", Run.Workflow?.Ref);
        json.WriteString("status", StatusWords.Of(Run.Status));
        json.WriteString("error", Run.Error);
        json.WriteString("started_at", Run.HasStarted ? RunJson.Time(Run.StartedAt) : null);
        json.WriteString("ended_at", RunJson.Time(Run.EndedAt));
        json.WriteStartArray("children");
        foreach (var called in Called)
        {
            called.WriteJson(json);
        }

        json.WriteEndArray();
        json.WriteNumber("children_left_out", LeftOut);
        json.WriteEndObject();
    }

    private void Write(StringBuilder text, string branch, string below)
    {
        var about = Run.Workflow is { } workflow ? SafeText.OneLine(workflow.Ref) : "(not begun)";
        var took = Run.EndedAt is { } ended ? $" {Elapsed.Text(ended - Run.StartedAt)}" : "";
        var awaited = Slot is { } slot ? $"{slot}: " : "";
        text.Append(CultureInfo.InvariantCulture, $"{branch}{awaited}{about} {StatusWords.Of(Run.Status)}{took} {Run.Id}\n");
        for (var place = 0; place < Called.Length; place++)
        {
            var isLast = place == Called.Length - 1 && LeftOut == 0;
            Called[place].Write(text, below + (isLast ? "└─ " : "├─ "), below + (isLast ? "   " : "│  "));
        }

        if (LeftOut > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{below}└─ ({LeftOut} more)\n");
        }
    }
}
