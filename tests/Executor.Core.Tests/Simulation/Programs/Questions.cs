using Executor.Core.Tests.Simulation.Engine;

namespace Executor.Core.Tests.Simulation.Programs;

/// <summary>How else a question may be asked.</summary>
internal static class Questions
{
    private static readonly string[] People = ["anna", "[anna, \"{{ 'ben' }}\"]", "\"{{ ['anna'] }}\""];

    public static void Add(TaskDraft task, Dice dice)
    {
        if (dice.OneIn(4))
        {
            task.Replace("action: ", _ => dice.Of(["action: core.inquiry", "action: \"{{ 'core.ask' }}\""]));
        }

        task.Replace("input: {prompt: Go on?", input =>
        {
            var byDefault = input.Contains("default_response", StringComparison.Ordinal);
            var prompt = dice.OneIn(3) ? "\"Go on with {{ system.visit }}?\"" : "Go on?";
            var parts = new List<string> { $"prompt: {prompt}" };
            switch (dice.Below(4))
            {
                case 0:
                    parts.Add($"options: {dice.Of(["[1, yes, {deep: [2]}]", "\"{{ [0, 1] }}\"", "[\"{{ 1 }}\", no]"])}");
                    break;
                case 1:
                    parts.Add("response_schema: {n: {type: integer, minimum: 1, default: 3}, why: {type: string, min_length: 2}}");
                    break;
            }

            if (byDefault)
            {
                parts.Add(parts[^1].StartsWith("response_schema", StringComparison.Ordinal)
                    ? $"default_response: {dice.Of(["{n: 2}", "{}"])}"
                    : "default_response: 1");
            }

            if (dice.OneIn(4))
            {
                parts.Add($"assigned_to: {dice.Of(People)}");
            }

            return $"input: {{{string.Join(", ", parts)}}}";
        });
    }
}
