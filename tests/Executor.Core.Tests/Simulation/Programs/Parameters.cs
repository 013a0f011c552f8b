using System.Text;
using Executor.Core.Tests.Simulation.Engine;

namespace Executor.Core.Tests.Simulation.Programs;

/// <summary>The head of a workflow: what it is called, and what inputs it takes.</summary>
/// <param name="dice">Its own: without it the tasks would be the same.</param>
internal sealed class Parameters(Dice dice)
{
    private static readonly string[] Schemas =
    [
        "{type: integer, required: true, minimum: 2, maximum: 9}",
        "{type: integer, default: 7, minimum: 7, description: Lucky}",
        "{type: number, default: 1.5, maximum: 2.5}",
        "{type: string, pattern: \"^a+$\", min_length: 2, max_length: 9}",
        "{type: [string, \"null\"], minLength: 1, maxLength: 3}",
        "{type: array, min_length: 1, items: {type: integer, minimum: 1}}",
        "{type: object, properties: {deep: {type: boolean, required: true}, more: {default: 4}}}",
        "{enum: [1, b, {c: 2}], default: b, secret: false}",
        "{type: boolean, required: false}",
    ];

    private static readonly string[] ForPeople =
        ["label: Simulated", "description: Made up by dice", "tags: [made, up]", "version: 1.10"];

    private readonly List<string> _schemas =
        dice.OneIn(4) ? [.. Enumerable.Range(0, dice.Between(1, 3)).Select(_ => dice.Of(Schemas))] : [];

    /// <summary>The name of one; null when there is none.</summary>
    public string? Any => _schemas.Count == 0 ? null : $"p{dice.Below(_schemas.Count)}";

    public void Write(StringBuilder yaml)
    {
        if (dice.OneIn(10))
        {
            yaml.Append(dice.Of(ForPeople)).Append('\n');
        }

        if (_schemas.Count == 0)
        {
            return;
        }

        yaml.Append("parameters:\n");
        var isComplete = dice.OneIn(3);
        if (isComplete)
        {
            Complete(yaml);
        }

        for (var index = 0; index < _schemas.Count; index++)
        {
            yaml.Append(isComplete ? "    p" : "  p").Append(index).Append(": ").Append(_schemas[index]).Append('\n');
        }
    }

    /// <summary>One JSON Schema of an object.</summary>
    private void Complete(StringBuilder yaml)
    {
        yaml.Append("  type: object\n");
        if (dice.OneIn(2))
        {
            yaml.Append(dice.Of(
            [
                "  title: Inputs\n", "  description: Of a simulated run\n",
                "  $schema: https://json-schema.org/draft/2020-12/schema\n",
            ]));
        }

        yaml.Append(dice.OneIn(2) ? "  required: [p0]\n" : "").Append(dice.OneIn(2) ? "  additionalProperties: true\n" : "");
        yaml.Append("  properties:\n");
    }
}
