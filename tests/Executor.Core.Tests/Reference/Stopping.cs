using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Core.Tests.Reference;

/// <summary>After this nothing starts any more; what runs, ends.</summary>
internal static class Stopping
{
    /// <summary>What was entered before still goes out.</summary>
    public static void Fail(Course course)
    {
        if (!course.HoldsBack)
        {
            Working.Pump(course);
        }

        course.IsFailing = true;
        CutOff(course);
    }

    /// <summary>Something that was decided cannot be kept: the run fails, and has no output.</summary>
    public static void GiveUp(Course course)
    {
        course.Problems.Add(("run.unwritable", null));
        course.IsGivenUp = true;
        if (!course.IsCancelled && !course.IsTimedOut)
        {
            Fail(course);
        }
    }

    public static void Cancel(Course course)
    {
        course.IsCancelled = true;
        CutOff(course);
    }

    public static void TimeOut(Course course)
    {
        course.IsTimedOut = true;
        course.Problems.Add(("run.timeout", null));
        CutOff(course);
    }

    private static void CloseQuestions(Course course, Visit visit)
    {
        foreach (var item in visit.Items.Where(item => item is { IsQuestion: true, Stage: ItemStage.InFlight }))
        {
            var stopped = course.IsCancelled || course.IsTimedOut;
            var outcome = stopped
                ? ItemOutcome.Untold(SlotStatus.Cancelled, "The question was closed unanswered", "task.cancelled")
                : new ItemOutcome(SlotStatus.Skipped, Value.Null);
            course.InFlight.Remove(item);
            course.Root.Out.Remove((course, item));
            (item.Stage, item.Status, item.Result, item.Error) =
                (ItemStage.Ended, outcome.Status, outcome.Result, outcome.Error);
        }
    }

    private static void CutOff(Course course)
    {
        course.Line.Clear();
        course.Unfollowed.Clear();
        foreach (var visit in course.Opened.Where(visit => !visit.HasEnded))
        {
            visit.Due = null;
            CloseQuestions(course, visit);
            foreach (var item in visit.Items.Where(item => item.Stage is not (ItemStage.InFlight or ItemStage.Ended)))
            {
                item.Stage = ItemStage.Ended;
                if (!course.IsFailing || course.IsCancelled || course.IsTimedOut)
                {
                    item.Status = SlotStatus.Cancelled;
                    item.Result = Value.Null;
                    item.Error = null;
                }
            }

            VisitEnd.CloseIfDone(course, visit);
        }
    }
}
