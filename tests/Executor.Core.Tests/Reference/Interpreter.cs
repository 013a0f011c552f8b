using System.Collections.Immutable;
using Executor.Core.Expressions;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.Reference;

/// <summary>
/// The language once more, as it is written and not as the engine does it: one thread, plain lists, no events. It
/// shares only the reader and the evaluator with the engine.
/// </summary>
internal sealed class Interpreter(Course course)
{
    public Course Course { get; } = course;

    /// <returns>Codes of what refuses the start; empty when it began.</returns>
    public ImmutableArray<string> Start(Value.Map inputs)
    {
        var reading = Inputs.Check(Course.Workflow.Parameters, inputs);
        if (!reading.Problems.IsEmpty)
        {
            return [.. reading.Problems.Select(problem => problem.Code)];
        }

        Course.Inputs = reading.Values;
        try
        {
            foreach (var variable in Course.Workflow.Vars)
            {
                var value = variable.Template.Render(new ReferenceScope(Course, null, null));
                Course.Variables = Course.Variables.With(variable.Name, value);
            }
        }
        catch (ExpressionException)
        {
            return ["vars.error"];
        }

        foreach (var entry in Course.Workflow.Graph.Entries)
        {
            if (!Course.IsStopping)
            {
                var visit = new Visit(entry, 1);
                Course.Rounds[entry.Name].Add(visit);
                Opening.Open(Course, visit, null);
            }
        }

        Settle();
        return [];
    }

    /// <summary>An attempt has ended; nothing when it is not in flight.</summary>
    public void Finish(Slot slot, ItemOutcome outcome, DateTimeOffset now)
    {
        if (Course.InFlight.Find(item => item.Slot == slot) is not { } item)
        {
            return;
        }

        Course.Now = now;
        Working.Finish(Course, item, outcome);
        Settle();
    }

    public void Cancel(DateTimeOffset now)
    {
        if (Course.HasEnded || Course.IsCancelled || Course.IsTimedOut)
        {
            return;
        }

        Course.Now = now;
        Stopping.Cancel(Course);
        Settle();
    }

    /// <summary>
    /// Everything due by now happens, the earliest first; at one instant the end of the run, then retries, then delays,
    /// in the order of names and numbers.
    /// </summary>
    public void TimeUp(DateTimeOffset now)
    {
        Course.Now = now;
        if (Course.Deadline <= now)
        {
            Stopping.TimeOut(Course);
        }

        var retries = Course.Waiting.Where(item => item.Due <= now)
            .Select(item => new Due(item.Due, false, item.Visit, item.Index, () => Working.Enqueue(Course, item)));
        var delays = Course.Delayed.Where(visit => visit.Due <= now)
            .Select(visit => new Due(visit.Due!.Value, true, visit, Slot.NoItem, () => Begin(visit)));
        var inOrder = retries.Concat(delays)
            .OrderBy(due => due.At)
            .ThenBy(due => due.IsDelay)
            .ThenBy(due => due.Visit.Task.Name, StringComparer.Ordinal)
            .ThenBy(due => due.Visit.Number)
            .ThenBy(due => due.Item);
        foreach (var due in inOrder.ToList())
        {
            due.Act();
        }

        Settle();
    }

    public void Pause() => Course.IsPaused = !Course.HasEnded;

    /// <summary>What has ended is followed, in the order of the ends; nothing when it is not paused.</summary>
    /// <param name="isTimeUp">The time of the whole run was over meanwhile: nothing is followed.</param>
    public void Resume(DateTimeOffset now, bool isTimeUp)
    {
        if (!Course.HoldsBack || isTimeUp)
        {
            Course.IsPaused = false;
            return;
        }

        Course.Now = now;
        Course.IsPaused = false;
        Working.Pump(Course);
        while (Course.Unfollowed.Count > 0)
        {
            var visit = Course.Unfollowed[0];
            Course.Unfollowed.RemoveAt(0);
            Working.Refill(Course, visit);
            VisitEnd.CloseIfDone(Course, visit);
            Settle();
        }

        Settle();
    }

    public void GiveUp()
    {
        Stopping.GiveUp(Course);
        Settle();
    }

    /// <summary>The time of the whole run is over.</summary>
    public void TimeOut(DateTimeOffset now)
    {
        Course.Now = now;
        Stopping.TimeOut(Course);
        Settle();
    }

    /// <summary>The delay before a visit's first dispatch is over; nothing when it does not wait.</summary>
    public void EndDelay(string task, int visit, DateTimeOffset now)
    {
        if (Course.Delayed.FirstOrDefault(one => one.Task.Name == task && one.Number == visit) is { } delayed)
        {
            Course.Now = now;
            Begin(delayed);
            Settle();
        }
    }

    /// <summary>The wait before this attempt is over; nothing when it does not wait.</summary>
    public void EndWait(Slot slot, DateTimeOffset now)
    {
        if (Course.Waiting.FirstOrDefault(item => item.Slot with { Attempt = item.Attempt + 1 } == slot) is { } waiting)
        {
            Course.Now = now;
            Working.Enqueue(Course, waiting);
            Settle();
        }
    }

    private void Begin(Visit visit)
    {
        visit.Due = null;
        Working.Refill(Course, visit, visit.Delay);
    }

    private void Settle()
    {
        if (Course.HoldsBack)
        {
            return;
        }

        while (Course.ToFollow.TryDequeue(out var visit))
        {
            Following.Follow(Course, visit);
        }

        Working.Pump(Course);
        if (!Course.HasEnded && Course.Unfollowed.Count == 0 && Course.InFlight.Count == 0
            && !Course.Waiting.Any() && !Course.Delayed.Any())
        {
            Ending.End(Course);
        }
    }

    private sealed record Due(DateTimeOffset At, bool IsDelay, Visit Visit, int Item, Action Act);
}
