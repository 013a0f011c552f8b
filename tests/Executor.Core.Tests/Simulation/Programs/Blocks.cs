using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.Simulation.Programs;

/// <summary>What a workflow is made of, to see which faults have met which of it.</summary>
[Flags]
internal enum Blocks
{
    None = 0,
    Items = 1,
    Retry = 2,
    Join = 4,
    Loop = 8,
    Delay = 16,
    Timeout = 32,
    MaxParallel = 64,
    CancelRunning = 128,
    Batches = 256,
    Decision = 512,
    Parallel = 1024,
    Question = 2048,
}

internal static class BlocksOf
{
    public static readonly Blocks[] All = [.. Enum.GetValues<Blocks>().Where(block => block != Blocks.None)];

    public static Blocks Workflow(WorkflowSpec workflow)
    {
        var blocks = workflow.MaxParallel is null ? Blocks.None : Blocks.MaxParallel;
        blocks |= workflow.CancellationPolicy == CancellationPolicy.CancelRunning ? Blocks.CancelRunning : Blocks.None;
        var before = new HashSet<string>();
        foreach (var task in workflow.Tasks)
        {
            before.Add(task.Name);
            blocks |= task.WithItems is null ? Blocks.None : Blocks.Items;
            blocks |= task.Action.Literal is Value.Text action && QuestionAction.Is(action.Content) ? Blocks.Question : Blocks.None;
            blocks |= task.IsParallel ? Blocks.Parallel : Blocks.None;
            blocks |= task.WithItems?.BatchSize is null ? Blocks.None : Blocks.Batches;
            blocks |= task.Retry is null ? Blocks.None : Blocks.Retry;
            blocks |= task.Join is null ? Blocks.None : Blocks.Join;
            blocks |= task.Delay is null ? Blocks.None : Blocks.Delay;
            blocks |= task.Timeout is null ? Blocks.None : Blocks.Timeout;
            blocks |= task.Next.Any(next => next.IsElse) ? Blocks.Decision : Blocks.None;
            blocks |= task.Next.Any(next => next.Do.Any(before.Contains)) ? Blocks.Loop : Blocks.None;
        }

        return blocks;
    }
}
