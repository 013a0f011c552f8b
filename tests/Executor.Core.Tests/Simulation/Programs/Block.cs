namespace Executor.Core.Tests.Simulation.Programs;

/// <summary>A part of a workflow with one way in.</summary>
/// <param name="Ends">Edges that still lack the target that comes next.</param>
internal sealed record Block(TaskDraft First, List<EdgeDraft> Ends)
{
    public static Block Of(TaskDraft first, params List<EdgeDraft> ends) => new(first, ends);

    public bool HasOneLastTask(List<TaskDraft> tasks) =>
        tasks.Exists(task => task.Edges.Contains(Ends[0]) && task.Edges.Count == 1);
}
