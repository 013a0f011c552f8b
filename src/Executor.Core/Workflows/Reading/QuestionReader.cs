using System.Collections.Immutable;
using Executor.Core.Values;
using Executor.Core.Workflows.Yaml;

namespace Executor.Core.Workflows.Reading;

/// <summary>What of a question is certainly wrong before it is rendered, with the places where it stands.</summary>
internal sealed class QuestionReader(ValueReader values)
{
    private readonly SchemaReader _schemas = new(values);

    /// <param name="input">Null when it is not written as a map; then the question is checked when it is asked.</param>
    public void Check(YamlNode.Mapping? input, string owner)
    {
        if (input is null)
        {
            return;
        }

        var fields = new Fields(input, owner, values.Problems);
        var (written, options, byDefault) =
            (fields.Find("response_schema"), fields.Find("options"), fields.Find("default_response"));
        if (written is not null && options is not null)
        {
            values.Problems.Error(
                ProblemCode.WrongValue, "A question has 'options' or a 'response_schema', not both.", options.KeyAt,
                "Keep one of the two.");
            return;
        }

        var before = values.Problems.Count;
        var schema = written is not null && IsLiteral(written) ? _schemas.Read(written) : null;
        if (byDefault is null || !IsLiteral(byDefault) || (options is not null && !IsLiteral(options))
            || (written is not null && (schema is null || values.Problems.HasErrorsSince(before))))
        {
            return;
        }

        var choices = options?.Node.ToValue() is Value.List list ? list.Items : ImmutableArray<Value>.Empty;
        var question = new Question("", schema, choices, [], null);
        foreach (var problem in question.Read(byDefault.Node.ToValue()).Problems)
        {
            values.Problems.Error(problem.Code, $"{byDefault.Name} does not answer the question: {problem.Text}", byDefault.At);
        }
    }

    /// <summary>Templates in it are parsed, and what is wrong with them told, where the input itself is read.</summary>
    private static bool IsLiteral(Field field) => !HasTemplate(field.Node);

    private static bool HasTemplate(YamlNode node) => node switch
    {
        YamlNode.Scalar { Value: Value.Text } text => text.Text.Contains("{{", StringComparison.Ordinal),
        YamlNode.Sequence list => list.Items.Any(HasTemplate),
        YamlNode.Mapping map => map.Entries.Any(entry => HasTemplate(entry.Value)),
        _ => false,
    };
}
