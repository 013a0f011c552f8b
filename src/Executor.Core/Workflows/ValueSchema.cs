using System.Collections.Immutable;
using Executor.Core.Expressions;
using Executor.Core.Values;
using Executor.Core.Workflows.Reading;
using Executor.Core.Workflows.Yaml;

namespace Executor.Core.Workflows;

/// <summary>A schema that was rendered, read by the same rules as one that stands in a file.</summary>
internal static class ValueSchema
{
    /// <returns>What makes it unusable, without places of use: a value has none.</returns>
    public static (ParameterSchema? Schema, ImmutableArray<SpecProblem> Problems) Read(Value value)
    {
        var problems = new ProblemList();
        var field = new Field("response_schema", "the question", Position.Start, NodeOf(value, Position.Start));
        var schema = new SchemaReader(new ValueReader(problems)).Read(field);
        return (schema, [.. problems.ToImmutable().Where(problem => problem.Severity == ProblemSeverity.Error)]);
    }

    /// <summary>All of it stands at one place.</summary>
    public static YamlNode NodeOf(Value value, Position at) => value switch
    {
        Value.List list => new YamlNode.Sequence([.. list.Items.Select(item => NodeOf(item, at))], at),
        Value.Map map => new YamlNode.Mapping(
            [.. map.Entries.Select(entry => new YamlEntry(entry.Key, at, NodeOf(entry.Value, at)))], at),
        Value.Text text => Scalar(text.Content, value, at),
        _ => Scalar(value.ToString(), value, at),
    };

    private static YamlNode.Scalar Scalar(string text, Value value, Position at) =>
        new(text, value, YamlStyle.Plain, at, TextPlaces.Of(text, at));
}
