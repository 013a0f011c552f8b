using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.Simulation.Programs;

/// <summary>Inputs that a generated workflow takes, the same whenever they are asked for.</summary>
internal static class FittingInputs
{
    /// <returns>What has a default is left to it.</returns>
    public static Value.Map Of(ParameterSchema? schema)
    {
        if (schema is null)
        {
            return Value.Map.Empty;
        }

        var inputs = Members(schema.Parameters.Where(parameter => parameter.Default is null));
        return schema.Open ? inputs.With("more", Value.Of(1)) : inputs;
    }

    private static Value.Map Members(IEnumerable<ParameterSpec> members) =>
        new([.. members.Select(member => KeyValuePair.Create(member.Name, Of(member)))]);

    private static Value Of(ParameterSpec spec) => spec switch
    {
        { Enum: [.., var last] } => last,
        { Types: ["string", ..] } => Value.Of(new string('a', spec.MinLength ?? 1)),
        { Types: ["number", ..] } => Value.Of(spec.Minimum ?? 0.5),
        { Types: ["boolean", ..] } => Value.True,
        { Types: ["array", ..] } => Value.Of(Enumerable.Range(0, spec.MinLength ?? 1)
            .Select(_ => spec.Items is { } items ? Of(items) : Value.Null)),
        { Types: ["object", ..] } => Members(spec.Properties),
        _ => Value.Of((long)(spec.Minimum ?? 1)),
    };
}
