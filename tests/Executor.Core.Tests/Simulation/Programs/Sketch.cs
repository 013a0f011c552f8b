using Executor.Core.Tests.Simulation.Engine;

namespace Executor.Core.Tests.Simulation.Programs;

/// <summary>A workflow in the making: its tasks and variables so far, and what they will cost.</summary>
internal sealed class Sketch(Dice dice)
{
    private const int MostTasks = 25;
    private const int MostAttempts = 60;

    private static readonly string[] AwkwardNames =
        ["done", "failed", "succeeded", "result", "when", "next", "nul", "True_", "_", "in_", "or-else", "x1", "items_", "a-", "If"];

    public List<TaskDraft> Tasks { get; } = [];

    public List<string> Variables { get; } = [];

    /// <summary>It ends the same in whatever order its attempts do.</summary>
    public bool IsOrderFree { get; set; } = true;

    public int Attempts { get; set; }

    /// <summary>How often what is made now will be gone through.</summary>
    public int Laps { get; set; } = 1;

    public bool HasRoom => Tasks.Count < MostTasks - 6 && Attempts < MostAttempts;

    public TaskDraft Task(string letters)
    {
        var name = dice.OneIn(6) ? $"{dice.Of(AwkwardNames)}{Tasks.Count}" : $"t{Tasks.Count}";
        name = dice.OneIn(200) ? name + new string('n', 255 - name.Length) : name;
        var task = new TaskDraft(name) { Letters = letters, IsOldFashioned = dice.OneIn(5) };
        task.Keys.Add("action: core.noop");
        Tasks.Add(task);
        Attempts += Laps;
        return task;
    }

    public string Variable()
    {
        var name = $"w{Variables.Count}";
        Variables.Add(name);
        return name;
    }
}
