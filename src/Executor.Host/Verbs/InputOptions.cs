using System.CommandLine;
using System.Text.Json;
using Executor.Core.Values;
using Executor.Core.Workflows;
using Executor.Host.Local;

namespace Executor.Host.Verbs;

/// <summary>What a run is started with: a file of parameters, and single ones that go before it.</summary>
internal sealed class InputOptions
{
    public Option<string[]> Single { get; } = new("--param", "-p")
    {
        Description = "A parameter; read by its type in the workflow, as JSON where that is not text.",
        HelpName = "NAME=VALUE",
        DefaultValueFactory = _ => [],
    };

    public Option<string?> File { get; } = new("--params")
    {
        Description = "A JSON file with an object of parameters.",
        HelpName = "FILE.json",
    };

    /// <exception cref="Unusable">Not NAME=VALUE, a name twice, or not a JSON object.</exception>
    public Value.Map Read(ParseResult parsed, ParameterSchema? schema)
    {
        var inputs = parsed.GetValue(File) is { } path ? FromFile(path) : Value.Map.Empty;
        var given = new HashSet<string>(StringComparer.Ordinal);
        foreach (var pair in parsed.GetValue(Single) ?? [])
        {
            var cut = pair.IndexOf('=', StringComparison.Ordinal);
            if (cut <= 0)
            {
                throw new Unusable(
                    "cli.parameter", $"'{pair}' is not NAME=VALUE", "write -p name=value, once for each parameter");
            }

            var name = pair[..cut];
            if (!given.Add(name))
            {
                throw new Unusable(
                    "cli.parameter", $"the parameter '{name}' is given twice",
                    "write -p name=value, once for each parameter; a list is one value: -p 'name=[1, 2]'");
            }

            inputs = inputs.With(name, Inputs.FromText(schema, name, pair[(cut + 1)..]));
        }

        return inputs;
    }

    private static Value.Map FromFile(string path)
    {
        try
        {
            return ValueJson.Parse(WorkflowFile.Text(path)) as Value.Map
                ?? throw new Unusable("cli.params", $"{path} does not hold a JSON object", "write {\"name\": value}");
        }
        catch (JsonException fault)
        {
            // The reader's own words on the place stand at the end; the place is told once, and counted from 1.
            var reason = fault.Message.Split(" LineNumber:")[0];
            throw new Unusable(
                "cli.params", $"this is not JSON: {reason}", "write {\"name\": value}",
                $"{path}:{fault.LineNumber + 1}:{fault.BytePositionInLine + 1}");
        }
    }
}
