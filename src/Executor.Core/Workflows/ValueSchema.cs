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
        var field = new Field("response_schema", "the question", Position.Start, NodeOf(value));
        var schema = new SchemaReader(new ValueReader(problems)).Read(field);
        return (schema, [.. problems.ToImmutable().Where(problem => problem.Severity == ProblemSeverity.Error)]);
    }

    private static YamlNode NodeOf(Value value) => value switch
    {
        Value.List list => new YamlNode.Sequence([.. list.Items.Select(NodeOf)], Position.Start),
        Value.Map map => new YamlNode.Mapping(
            [.. map.Entries.Select(entry => new YamlEntry(entry.Key, Position.Start, NodeOf(entry.Value)))],
            Position.Start),
        Value.Text text => Scalar(text.Content, value),
        _ => Scalar(value.ToString(), value),
    };

    private static YamlNode.Scalar Scalar(string text, Value value) =>
        new(text, value, YamlStyle.Plain, Position.Start, TextPlaces.Of(text, Position.Start));
}
