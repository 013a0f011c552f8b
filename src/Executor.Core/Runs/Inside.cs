using Executor.Core.Expressions;
using Executor.Core.Workflows;

namespace Executor.Core.Runs;

/// <summary>
/// The tasks inside a parallel task. They go through its window as items do: each begins with it, and with the end of
/// the last one it ends.
/// </summary>
internal static class Inside
{
    /// <param name="place">Of the task among those inside.</param>
    public static void Enter(Draft draft, TaskVisit around, int place)
    {
        var task = draft.Run.Graph!.Find(around.Task.Inside[place])!;
        var number = draft.Run.Track(task).Visits.Count + 1;
        draft.Add(new RunEvent.Arrived(task.Name, number, around.Task.Name, around.Number));
        Opening.Open(draft, task, number, around);
    }

    /// <summary>A visit has ended and its transitions have been followed; the one around it may end with that.</summary>
    /// <param name="handled">A failure that was handled is none for the parallel task.</param>
    public static void Leave(Draft draft, TaskVisit ended, bool handled)
    {
        if (!ended.HasEnded || Around(draft.Run, ended) is not { } around)
        {
            return;
        }

        var status = handled && Transitions.IsFailure(ended.Status) ? SlotStatus.Completed : ended.Status;
        draft.Add(new RunEvent.InnerEnded(
            around.Task.Name, around.Number, ended.Task.Name, ended.Number, status));
        Ending.VisitIfDone(draft, draft.Run.Visits[around.Ordinal]!);
    }

    /// <summary>What a visit sees of how it came to be: inside a parallel task, what that has seen.</summary>
    public static Outcome? SeenBy(TaskSpec task, TaskVisit? opener) =>
        opener is null ? null : task.Parent is null ? VisitResults.Outcome(opener) : opener.Scope!.OpenedBy;

    public static RunState Entered(RunState run, TaskVisit around, TaskVisit inner)
    {
        var place = Place(around, inner.Task);
        var item = (around.Items[place] ?? ItemState.Fresh) with { IsOpen = true, Attempt = inner.Number };
        return VisitFacts.Put(run, around with
        {
            Items = around.Items.With(place, item),
            Next = around.Next + 1,
            InUse = around.InUse + 1,
        });
    }

    public static RunState Ended(RunState run, RunEvent.InnerEnded ended)
    {
        var around = run.Visit(ended.Task, ended.Visit)!;
        var inner = run.Visit(ended.Inner, ended.InnerVisit)!;
        var place = Place(around, inner.Task);
        var isBad = Transitions.IsFailure(ended.Status);
        var item = around.Items[place]! with
        {
            IsOpen = false,
            Status = ended.Status,
            Result = inner.Result!,
            Error = isBad ? inner.Error : null,
            Code = isBad ? inner.Code : null,
        };
        return VisitFacts.Put(run, around with
        {
            Items = around.Items.With(place, item),
            InUse = around.InUse - 1,
            Counts = around.Counts.Plus(ended.Status, 1),
        });
    }

    /// <summary>The open visit of which this one is a part; nearly always it is the latest of its task.</summary>
    private static TaskVisit? Around(RunState run, TaskVisit inner)
    {
        if (inner.Task.Parent is not { } name || run.Graph!.Find(name) is not { } task)
        {
            return null;
        }

        var numbers = run.Track(task).Visits;
        for (var number = numbers.Count; number > 0; number--)
        {
            var around = run.Visits[numbers[number - 1]]!;
            if (around.Items[Place(around, inner.Task)] is { IsOpen: true } item && item.Attempt == inner.Number)
            {
                return around;
            }
        }

        return null;
    }

    private static int Place(TaskVisit around, TaskSpec inner) => around.Task.Inside.IndexOf(inner.Name);
}
