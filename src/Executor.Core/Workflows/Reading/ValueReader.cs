using System.Collections.Immutable;
using Executor.Core.Expressions;
using Executor.Core.Values;
using Executor.Core.Workflows.Yaml;

namespace Executor.Core.Workflows.Reading;

/// <summary>Reads values of single keys; what is wrong is reported and read as absent.</summary>
internal sealed class ValueReader(ProblemList problems)
{
    private static readonly int LongestDays = (int)Durations.Longest.TotalDays;

    public ProblemList Problems { get; } = problems;

    /// <summary>Numbers are taken as they are written: version 1.10 is not 1.1.</summary>
    public string? Text(Field? field)
    {
        if (field is null or { Node: YamlNode.Scalar })
        {
            return ((YamlNode.Scalar?)field?.Node)?.Text;
        }

        return WrongType<string>(field, "a text");
    }

    public ImmutableArray<string> Texts(Field? field)
    {
        if (field is null)
        {
            return [];
        }

        if (field.Node is YamlNode.Sequence list && list.Items.All(item => item is YamlNode.Scalar))
        {
            return [.. list.Items.Cast<YamlNode.Scalar>().Select(item => item.Text)];
        }

        WrongType<object>(field, "a list of texts");
        return [];
    }

    public bool? Boolean(Field? field) => field?.Node switch
    {
        null => null,
        YamlNode.Scalar { Value: Value.Bool flag } => flag.Content,
        _ => WrongType<bool?>(field, "true or false"),
    };

    public int? Integer(Field? field, int lowest, int highest = int.MaxValue)
    {
        if (field is null)
        {
            return null;
        }

        if (field.Node is not YamlNode.Scalar { Value: Value.Int integer })
        {
            return WrongType<int?>(field, "an integer");
        }

        if (integer.Content >= lowest && integer.Content <= highest)
        {
            return (int)integer.Content;
        }

        var isTooLow = integer.Content < lowest && highest == int.MaxValue;
        return WrongValue<int?>(field, $"an integer of {(isTooLow ? $"at least {lowest}" : $"{lowest} to {highest}")}");
    }

    public double? Number(Field? field)
    {
        return field?.Node switch
        {
            null => null,
            YamlNode.Scalar { Value: Value.Int integer } => integer.Content,
            YamlNode.Scalar { Value: Value.Float number } => number.Content,
            _ => WrongType<double?>(field, "a number"),
        };
    }

    public TimeSpan? Duration(Field? field, bool zero)
    {
        if (field is null)
        {
            return null;
        }

        if (field.Node is not YamlNode.Scalar { Value: Value.Int or Value.Float or Value.Text } scalar)
        {
            return WrongType<TimeSpan?>(field, "seconds or a text such as 1h30m");
        }

        if (!Durations.TryParse(scalar.Value, out var duration))
        {
            var meant = Durations.InUnits(scalar.Text);
            var units = $"The units are h, m, s and ms, as in 1h30m; a number alone is seconds, and {LongestDays} days are the most.";
            return WrongValue<TimeSpan?>(
                field, "seconds or a text such as 1h30m", meant is null ? units : $"Write {meant}. {units}");
        }

        return zero || duration > TimeSpan.Zero ? duration : WrongValue<TimeSpan?>(field, "more than 0 seconds");
    }

    /// <summary>A duration that may come from a template; what is written out is checked here.</summary>
    public Template? DurationTemplate(Field? field, bool zero)
    {
        if (field?.Node is YamlNode.Scalar { Value: Value.Text } text)
        {
            var template = Parsed(text);
            if (template?.Literal is null)
            {
                return template;
            }
        }

        return Duration(field, zero) is null ? null : Template(field!.Node);
    }

    public Template? TextTemplate(Field? field) => field?.Node switch
    {
        null => null,
        YamlNode.Scalar { Value: Value.Text } text => Template(text),
        _ => WrongType<Template>(field, "a text"),
    };

    public Template Template(YamlNode node)
    {
        switch (node)
        {
            case YamlNode.Sequence list:
                return Expressions.Template.List([.. list.Items.Select(Template)]);
            case YamlNode.Mapping map:
                return Expressions.Template.Map(
                    [.. map.Entries.Select(entry => KeyValuePair.Create(entry.Key, Template(entry.Value)))]);
            case YamlNode.Scalar { Value: Value.Text text } scalar:
                return Template(text.Content, scalar.Places);
            default:
                return Expressions.Template.Constant(node.ToValue());
        }
    }

    public Template Template(string text, TextPlaces places) =>
        Parsed(text, places) ?? Expressions.Template.Constant(Value.Null);

    /// <returns>Null when an expression in it is broken; reported, so that nothing more need be said of it.</returns>
    public Template? Parsed(YamlNode.Scalar text) => Parsed(text.Text, text.Places);

    public Template? Parsed(string text, TextPlaces places) => Try(() => Expressions.Template.Parse(text, places));

    public Expression? Expression(string text, TextPlaces places) =>
        Try(() => Expressions.Expression.Parse(text, places));

    /// <summary>One that nobody has written.</summary>
    public Expression? Expression(string text, Position at) => Expression(text, TextPlaces.Of(text, at));

    /// <summary>An expression, bare or in braces, or a YAML boolean.</summary>
    public Expression? Condition(Field? field)
    {
        if (field is null)
        {
            return null;
        }

        if (field.Node is YamlNode.Scalar { Value.IsNull: true })
        {
            Problems.Error(ProblemCode.WhenEmpty, $"{field.Name} is empty.", field.KeyAt);
            return null;
        }

        return field.Node switch
        {
            YamlNode.Scalar { Value: Value.Bool flag } => Expression(flag.Content ? "true" : "false", field.At),
            YamlNode.Scalar { Value: Value.Text } text => Try(() => Expressions.Expression.ParseCondition(text.Text, text.Places)),
            _ => WrongType<Expression>(field, "an expression"),
        };
    }

    public T? WrongType<T>(Field field, string expected)
    {
        Problems.Error(
            ProblemCode.WrongType, $"{field.Name} must be {expected}, not {NodeText.Of(field.Node)}.", field.At);
        return default;
    }

    public T? WrongValue<T>(Field field, string expected, string? advice = null)
    {
        Problems.Error(
            ProblemCode.WrongValue, $"{field.Name} must be {expected}, not {NodeText.Of(field.Node)}.", field.At, advice);
        return default;
    }

    private T? Try<T>(Func<T> parse)
        where T : class
    {
        try
        {
            return parse();
        }
        catch (ExpressionException broken)
        {
            Problems.Error(broken.Error);
            return null;
        }
    }
}
