using Executor.Core.Expressions;
using Executor.Core.Rehearsing;
using Executor.Core.Runs;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.Reference;

/// <summary>Sends items out and takes their ends in.</summary>
internal static class Working
{
    private const int MostLostWorkers = 5;

    /// <summary>Starts as many items as the visit's concurrency lets.</summary>
    public static void Refill(Course course, Visit visit, TimeSpan waited = default)
    {
        while (visit.Items.Count(IsBusy) < visit.Concurrency
            && visit.Items.Find(item => item.Stage == ItemStage.NotStarted) is { } next)
        {
            next.Waited = waited;
            if (visit.Task.IsParallel)
            {
                Parallel.Enter(course, next);
            }
            else
            {
                Enqueue(course, next);
            }
        }
    }

    public static void Enqueue(Course course, Item item)
    {
        item.Stage = ItemStage.InLine;
        course.Line.Add(item);
    }

    /// <summary>Sends from the line what has a place.</summary>
    public static void Pump(Course course)
    {
        while (course.Line.Count > 0 && course.InFlight.Count < (course.Workflow.MaxParallel ?? int.MaxValue))
        {
            var item = course.Line[0];
            course.Line.RemoveAt(0);
            course.InFlight.Add(item);
            item.Stage = ItemStage.InFlight;
            item.Attempt++;
            var named = item.Slot with { Task = course.Path + item.Slot.Task };
            course.Dispatches.Add(new RehearsedDispatch(
                course.Dispatches.Count, named, item.Action, item.Input, item.Waited, course.Completions));
            item.Waited = TimeSpan.Zero;
            item.Called = null;
            course.Terms.Add((item.Visit.Pool, item.Visit.CallTimeout));
            if (item.Workflow is { } workflow && course.Root.Script?.Says(named) == false)
            {
                Calls.Begin(course, item, workflow);
            }
            else
            {
                course.Root.Out.Add((course, item));
            }
        }
    }

    public static void Finish(Course course, Item item, ItemOutcome outcome)
    {
        course.InFlight.Remove(item);
        course.Root.Out.Remove((course, item));
        item.Status = outcome.Status;
        item.Result = outcome.Result;
        item.Error = outcome.Error;
        if (!course.IsStopping && IsRepeated(course, item))
        {
            return;
        }

        item.Stage = ItemStage.Ended;
        if (!course.IsStopping)
        {
            SkipRest(course, item);
            if (course.HoldsBack)
            {
                course.Unfollowed.Remove(item.Visit);
                course.Unfollowed.Add(item.Visit);
                return;
            }

            Refill(course, item.Visit);
        }

        VisitEnd.CloseIfDone(course, item.Visit);
    }

    private static bool IsBusy(Item item) => item.Stage is ItemStage.InLine or ItemStage.InFlight or ItemStage.Waiting;

    private static void SkipRest(Course course, Item failed)
    {
        if (failed.Visit.Task.WithItems is not { FailFast: true }
            || !failed.EndedBadly)
        {
            return;
        }

        foreach (var item in failed.Visit.Items.Where(item => item.Attempt == 0))
        {
            course.Line.Remove(item);
            item.Stage = ItemStage.Ended;
        }
    }

    private static bool IsRepeated(Course course, Item item)
    {
        if (item.Status is not (SlotStatus.Failed or SlotStatus.Timeout or SlotStatus.Abandoned))
        {
            return false;
        }

        var task = item.Visit.Task;
        if (item.Status == SlotStatus.Abandoned && task.Idempotent == true && item.LostWorkers < MostLostWorkers)
        {
            item.LostWorkers++;
            Again(course, item, TimeSpan.Zero);
            return true;
        }

        var done = item.Attempt - 1 - item.LostWorkers;
        if (task.Retry is not { } retry || done >= retry.Count || !Wants(course, item, retry))
        {
            return false;
        }

        var share = retry.Jitter * Jitter.Share(course.Run, item.Slot);
        Again(course, item, TimeSpan.FromSeconds(Wait(retry, done + 1).TotalSeconds * (1 + share)));
        return true;
    }

    private static void Again(Course course, Item item, TimeSpan wait)
    {
        if (wait == TimeSpan.Zero && !course.HoldsBack)
        {
            Enqueue(course, item);
            return;
        }

        item.Stage = ItemStage.Waiting;
        item.Waited = wait;
        item.Due = course.Now + wait;
    }

    private static bool Wants(Course course, Item item, RetrySpec retry)
    {
        var attempt = new Outcome(item.Status, ResultView.Of(item.Result), item.Error, null);
        try
        {
            return retry.When?.Evaluate(new ReferenceScope(course, item.Visit, attempt)).IsTruthy ?? true;
        }
        catch (ExpressionException)
        {
            return false;
        }
    }

    private static TimeSpan Wait(RetrySpec retry, int number)
    {
        var factor = retry.Backoff switch
        {
            Backoff.Constant => 1,
            Backoff.Linear => number,
            _ => Math.Pow(2, number - 1),
        };
        var wait = retry.Delay * factor;
        return retry.MaxDelay is { } most && wait > most ? most : wait;
    }
}
