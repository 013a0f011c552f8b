using Executor.Core.Expressions;
using Executor.Core.Runs;

namespace Executor.Core.Tests.Reference;

/// <summary>Ends a run of which nothing is left.</summary>
internal static class Ending
{
    public static void End(Course course)
    {
        if (!course.IsStopping)
        {
            foreach (var join in course.Rounds.Values.SelectMany(rounds => rounds).Where(round => !round.IsOpen))
            {
                course.Problems.Add(("join.unreachable", join.Task.Name));
                course.IsSpoilt = true;
            }
        }

        course.Status = course.IsTimedOut ? RunStatus.Timeout
            : course.IsCancelled ? RunStatus.Cancelled
            : course.IsFailing || course.IsSpoilt ? RunStatus.Failed
            : RunStatus.Completed;
        if (!course.IsGivenUp)
        {
            Render(course);
        }

        Calls.Return(course);
    }

    private static void Render(Course course)
    {
        foreach (var entry in course.Workflow.Output ?? [])
        {
            try
            {
                var value = entry.Template.Render(new ReferenceScope(course, null, null));
                course.Output = course.Output.With(entry.Name, value);
            }
            catch (ExpressionException)
            {
                course.Problems.Add(("output.error", null));
            }
        }
    }
}
