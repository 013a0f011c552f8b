using System.Collections.Immutable;
using Executor.Core.Tests.Runs;
using Executor.Core.Tests.Simulation.Engine;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.Simulation.Families;

/// <summary>Workflows that call each other, made up anew for each world.</summary>
/// <param name="Library">By the name that tasks call them by.</param>
internal sealed record FamilyProgram(WorkflowSpec Main, ImmutableDictionary<string, WorkflowSpec> Library)
{
    public static FamilyProgram Draw(Dice dice)
    {
        var leaf = Read("lib.leaf", dice, Leaf(dice));
        var middle = Read("lib.middle", dice, $"""
              - name: own
                action: core.noop
            {Call(dice, "deep", "lib.leaf")}
              - name: after
                action: core.noop
            """);
        var main = Read("test.main", dice, $"""
            {Call(dice, "call", dice.OneIn(2) ? "lib.middle" : "lib.leaf")}
              - name: after
            {(dice.OneIn(3) ? "    action: core.ask\n    input: {prompt: Well?}" : "    action: core.noop")}
            {(dice.OneIn(2) ? Call(dice, "side", "lib.leaf", mayLead: false) : "")}
            """);
        return new FamilyProgram(main, ImmutableDictionary<string, WorkflowSpec>.Empty
            .Add(leaf.Ref, leaf).Add(middle.Ref, middle));
    }

    /// <summary>For snapshots, which hold only texts.</summary>
    public WorkflowSpec Workflow(string name, string hash, string source) =>
        Library.Values.Append(Main).Single(one => one.Ref == name && one.Hash == hash && one.Source == source);

    public override string ToString() => string.Join("\n---\n", Library.Values.Prepend(Main).Select(one => one.Source));

    private static WorkflowSpec Read(string name, Dice dice, string tasks)
    {
        var policy = dice.OneIn(3) ? "cancellation_policy: cancel_running\n" : "";
        var timeout = dice.OneIn(6) ? "timeout: 50\n" : "";
        var parallel = dice.OneIn(5) ? "max_parallel: 1\n" : "";
        var output = name == "lib.leaf" ? "output_map: {of: \"{{ task.work }}\"}\n" : "";
        return Scenario.Read($"ref: {name}\n{policy}{timeout}{parallel}tasks:\n{tasks}\n{output}");
    }

    private static string Leaf(Dice dice)
    {
        var delay = dice.OneIn(4) ? "\n    delay: 5" : "";
        var more = dice.OneIn(2)
            ? "\n    next: [{when: succeeded() and length(result()) > 0, do: more}]\n  - name: more\n    action: core.noop"
            : "";
        return $"  - name: work\n    action: {Work(dice)}{delay}{more}";
    }

    /// <summary>Done by a worker, or by a person who answers.</summary>
    private static string Work(Dice dice)
    {
        if (!dice.OneIn(3))
        {
            return "core.noop";
        }

        var timeout = dice.OneIn(3) ? $"\n    timeout: {dice.Between(5, 40)}" : "";
        var byDefault = dice.OneIn(2) ? ", default_response: 7" : "";
        return $"core.ask\n    input: {{prompt: Well?{byDefault}}}{timeout}";
    }

    /// <param name="mayLead">There is a task <c>after</c> that it may lead to.</param>
    private static string Call(Dice dice, string name, string action, bool mayLead = true)
    {
        var written = dice.OneIn(4) ? $"\"{{{{ 'lib.' ~ '{action[4..]}' }}}}\"" : action;
        var text = $"  - name: {name}\n    action: {written}";
        text += dice.OneIn(3) ? $"\n    with_items: [1, 2]\n    concurrency: {dice.Between(1, 2)}" : "";
        text += dice.OneIn(4) ? "\n    retry: {count: 1, delay: 3}" : "";
        text += dice.OneIn(4) ? $"\n    timeout: {dice.Between(10, 70)}" : "";
        var when = dice.Of(["succeeded()", "failed()", "completed()"]);
        return text + (mayLead ? $"\n    next: [{{when: {when} and length(result()) > 0, do: after}}]" : "");
    }
}
