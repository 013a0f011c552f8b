using System.Globalization;
using Executor.Core.Runs;
using Executor.Core.Workflows;

namespace Executor.Core.Explaining;

/// <summary>What is said of a visit that has opened.</summary>
internal static class VisitSentences
{
    public static IEnumerable<Sentence> Of(RunState run, VisitStory story)
    {
        var visit = run.Visit(story.Task, story.Number)!;
        yield return Say(story, SentenceKind.Opened, Opened(run, visit.Task, story));
        if (story.Kept is { } kept)
        {
            yield return Say(story, SentenceKind.Kept, Kept(run, visit, story, kept));
        }

        foreach (var arrival in story.Arrivals.Skip(story.ArrivedBefore))
        {
            yield return Say(
                story, SentenceKind.Merged, $"{From(run, arrival)} led here, too, and {story.Name} took that up.");
        }

        foreach (var attempt in AttemptSentences.Of(run, visit, story))
        {
            yield return attempt;
        }

        foreach (var repeat in story.Repeats)
        {
            var what = repeat.Items is [Slot.NoItem] ? "it" : Wording.Counted(repeat.Items.Length, visit.Task.IsParallel ? "task" : "item");
            yield return Say(
                story, SentenceKind.Repeated, $"A transition said 'retry' at {Wording.Time(repeat.At)}, so {what} ran again.");
        }

        foreach (var sentence in story.Ended is { } ended ? AfterEnd(run, visit, story, ended) : Open(run, visit, story))
        {
            yield return sentence;
        }
    }

    private static string Opened(RunState run, TaskSpec task, VisitStory story)
    {
        var name = $"{story.Name} began at {Wording.Time(story.Opened!.At)}";
        if (story.Arrivals.Count == 0)
        {
            return $"{name}, because nothing leads to '{task.Name}': a run begins with it.";
        }

        if (task.Parent is not null)
        {
            return $"{name} with {story.Opened.OpenedBy}/{story.Opened.OpenedByVisit}, inside of which it stands.";
        }

        var arrivals = story.Arrivals.Take(story.ArrivedBefore).Select(arrival => From(run, arrival));
        return task.Join is null
            ? $"{name}, because {string.Join(" and ", arrivals)} led to it."
            : $"{name}, because {run.Graph!.Needed(task)} of the {Wording.Counted(run.Graph.Inbound(task).Length, "task")} "
                + $"that lead to it had arrived: {string.Join(", ", arrivals)}.";
    }

    private static string Kept(RunState run, TaskVisit visit, VisitStory story, RunEvent.VisitKept kept)
    {
        if (story.Ended is { } ended && ended.At < run.StartedAt)
        {
            return $"It is kept from run {run.Origin}, of which this run is a rerun: nothing of it ran here.";
        }

        var parts = visit switch
        {
            { Task.IsParallel: true } => "What is not to run again inside of it",
            { HasItems: true } => $"{kept.Items.Length} of its {Wording.Counted(visit.Counts.Total, "item")}",
            _ when kept.Rest is null => "Its result",
            _ => "What it was to do",
        };
        return $"{parts} {(visit.HasItems && !visit.Task.IsParallel && kept.Items.Length != 1 ? "are" : "is")} kept from run {run.Origin}, "
            + "of which this run is a rerun; it goes on from there.";
    }

    private static string From(RunState run, VisitStory.Arrival arrival) =>
        $"{Wording.Transition(run.Graph!.Find(arrival.FromTask)!, arrival.Transition)} of {arrival.FromTask}/{arrival.FromVisit}";

    private static IEnumerable<Sentence> AfterEnd(
        RunState run, TaskVisit visit, VisitStory story, RunEvent.VisitEnded ended)
    {
        if (ended.Status == SlotStatus.Skipped && story.Opened!.Plan is null)
        {
            yield return Say(
                story, SentenceKind.Skipped,
                $"It was skipped: its condition ({visit.Task.When!.Source.Trim()}) was not true.{Wording.Saw(story.Refusal!)}");
        }
        else
        {
            var when = story.Opened!.Plan is null ? ", before anything was dispatched" : Tries(visit);
            var code = ended.Code is null ? "" : $" [{ended.Code}]";
            yield return Say(
                story, SentenceKind.Ended,
                $"It ended at {Wording.Time(ended.At)}{when}: {Wording.End(ended)}.{code}{Items(visit)}");
        }

        foreach (var sentence in TransitionSentences.Of(visit.Task, story))
        {
            yield return sentence;
        }

        if (story.IsLeft && !visit.Task.Next.IsEmpty)
        {
            yield return Say(story, SentenceKind.NotConsidered, StopWords.NothingLookedAt(run));
        }

        if (story.IsUnhandled)
        {
            yield return Say(story, SentenceKind.Unhandled, $"{WhyNotAgain(visit.Task, story)}{Unhandled(run)}");
        }
    }

    private static string Unhandled(RunState run) =>
        StopWords.IsStopped(run)
            ? $"No transition led on from this end: had the run not {StopWords.Been(run)}, it would have failed."
        : run.HasEnded ? "No transition led on from this end, so the run failed."
        : "No transition leads on from this end, so the run will fail.";

    /// <summary>Begins the sentence; empty where no transition has said 'retry'.</summary>
    private static string WhyNotAgain(TaskSpec task, VisitStory story)
    {
        var isRepeat = story.Transitions.Any(one =>
            one.Fate == TransitionFate.Fired && task.Next[one.Place].Do.Contains(Transitions.RetryCommand));
        return !isRepeat ? ""
            : story.Opened!.Plan is null ? "'retry' repeats nothing that failed before anything was dispatched. "
            : "It was repeated as often as 'retry' may. ";
    }

    private static IEnumerable<Sentence> Open(RunState run, TaskVisit visit, VisitStory story)
    {
        var own = run.InFlight.Values.Where(open => IsOf(open.Dispatched.Slot, story)).OrderBy(open => open.Number).ToList();
        if (visit.DelayedUntil is { } due)
        {
            yield return Say(story, SentenceKind.Delayed, $"It waits until {Wording.Time(due)}, because of its delay.");
        }

        if (visit.Task.IsParallel && visit.InUse > 0)
        {
            var inside = visit.Task.Inside.Where((_, place) => visit.Items[place]?.IsOpen == true);
            yield return Say(story, SentenceKind.AtWork, $"It ends after those inside: {string.Join(", ", inside)}.");
        }

        if (own.Count > 0)
        {
            yield return Say(story, SentenceKind.AtWork, AtWork(visit, own));
        }

        var held = run.Held.Count(slot => IsOf(slot, story));
        if (held > 0)
        {
            yield return Say(
                story, SentenceKind.Held,
                $"{Capitalised(visit, held)} in line: the run may have {run.Workflow!.MaxParallel} out at a time (max_parallel).");
        }

        foreach (var (slot, at) in run.Retries.Where(retry => IsOf(retry.Key, story)).OrderBy(retry => retry.Value).Take(5))
        {
            var item = slot.Item == Slot.NoItem ? "" : $" of item {slot.Item}";
            yield return Say(story, SentenceKind.Delayed, $"Attempt {slot.Attempt}{item} begins at {Wording.Time(at)}.");
        }

        if (run.HoldsBack)
        {
            yield return Say(story, SentenceKind.Held, "Nothing more of it begins before the run is resumed: it is paused.");
        }
    }

    private static string AtWork(TaskVisit visit, List<OpenSlot> own)
    {
        if (!visit.HasItems)
        {
            var sent = own[0].Dispatched;
            return sent.IsCall
                ? $"Attempt {sent.Slot.Attempt} of {sent.Action} is a run of its own since {Wording.Time(sent.At)}: {sent.Id}."
                : sent.IsQuestion ? Asked(sent)
                : $"Attempt {sent.Slot.Attempt} of {sent.Action} is out since {Wording.Time(sent.At)}, "
                + $"for a worker of pool '{sent.Pool}', which has {sent.Timeout.TotalSeconds:0.###} seconds from when it begins; "
                + $"the run waits for it until {Wording.Time(sent.Due)}.";
        }

        var ended = visit.Counts.Succeeded + visit.Counts.Failed + visit.Counts.TimedOut + visit.Counts.Cancelled
            + visit.Counts.Abandoned + visit.Counts.Skipped;
        var waiting = visit.Planned - visit.Next;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{own.Count} of its {visit.Counts.Total} items are out, {ended} ended, {waiting} not begun; "
            + $"at most {visit.Plan!.Concurrency} at a time.");
    }

    private static string Asked(RunEvent.Dispatched asked)
    {
        var until = asked.IsBound ? $", until {Wording.Time(asked.Due)}" : "";
        return $"It asks a person since {Wording.Time(asked.At)}{until}; to answer: executor answer {asked.Id}.";
    }

    private static string Tries(TaskVisit visit) =>
        visit.HasItems || visit.Attempts < 2 ? "" : $", after {visit.Attempts} attempts";

    private static string Items(TaskVisit visit)
    {
        if (!visit.HasItems)
        {
            return "";
        }

        var counts = visit.Counts;
        var others = new[]
        {
            (counts.Failed, "failed"), (counts.TimedOut, "timed out"), (counts.Abandoned, "abandoned"),
            (counts.Cancelled, "cancelled"), (counts.Skipped, "skipped"),
        }.Where(one => one.Item1 > 0).Select(one => $", {one.Item1} {one.Item2}");
        return $" Of {Wording.Counted(counts.Total, visit.Task.IsParallel ? "task" : "item")} {counts.Succeeded} succeeded{string.Concat(others)}.";
    }

    private static string Capitalised(TaskVisit visit, int held) =>
        visit.HasItems ? $"{Wording.Counted(held, "item")} of it wait" : "It waits";

    private static bool IsOf(Slot slot, VisitStory story) => slot.Task == story.Task && slot.Visit == story.Number;

    private static Sentence Say(VisitStory story, SentenceKind kind, string text) =>
        new(kind, story.Task, story.Number, text);
}
