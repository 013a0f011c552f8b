using CsCheck;
using Executor.Core.Expressions;
using Executor.Core.Tests.Values;
using Executor.Core.Values;

namespace Executor.Core.Tests.Expressions;

/// <summary>Whatever the text, the only failure is an error with a code and a place in the text.</summary>
public class RandomTextTests
{
    private static readonly string[] Pieces =
    [
        .. Functions.Names, "n", "s", "a", "o", "e", "z", "workflow", "task", "ctx", "item", "and", "or", "not", "in", "is", "if",
        "else", "defined", "null", "true", "0", "1", "-1", "2.5", "1e3", "9223372036854775807", "\"x\"", "'é😀'", "\"", "'", "\\",
        "(", ")", "[", "]", "{", "}", "{{", "}}", ",", ":", ".", "?.", "|", "+", "-", "*", "/", "//", "%", "~", "==", "!=", "<",
        "<=", ">", ">=", "=", "!", "?", "&&", "\n", " ", "\0", "\uD800", "€",
    ];

    private static readonly Gen<string> Words =
        Gen.OneOf(Pieces).Array[0, 12].Select(words => string.Join(' ', words));

    /// <summary>Calls that can be read, with arguments of every kind.</summary>
    private static readonly Gen<string> Calls = Gen.Select(
        Gen.OneOf([.. Functions.Names]),
        AnyValue.Values.Array[0, 3],
        (name, arguments) => $"{name}({string.Join(", ", arguments.Select(Written))})");

    [Fact]
    public void Reading_and_evaluating_words_fails_in_one_way_only() => Words.Sample(Try, iter: 20_000);

    [Fact]
    public void Reading_and_evaluating_any_characters_fails_in_one_way_only() => Gen.String.Sample(Try, iter: 5_000);

    [Fact]
    public void Every_function_with_any_arguments_fails_in_one_way_only() => Calls.Sample(Try, iter: 20_000);

    [Fact]
    public void Templates_and_conditions_of_any_text_fail_in_one_way_only() => Words.Sample(
        words =>
        {
            Guarded(() => Template.Parse(words, Position.Start).Render(TestScope.Basic), words);
            Guarded(() => Template.Parse($"a {{{{ {words} }}}}", Position.Start).Render(TestScope.Basic), "a {{ " + words + " }}");
            Guarded(() => Expression.ParseCondition(words, Position.Start).Evaluate(TestScope.Basic), words);
        },
        iter: 5_000);

    [Fact]
    public void A_literal_evaluates_to_its_value() => AnyValue.Values.Sample(value =>
        Assert.Equal(value.ToString(), Evaluating.Evaluate(Written(value)).ToString()));

    [Fact]
    public void Json_and_yaml_of_a_value_read_back_as_the_value() => AnyValue.Values.Sample(value =>
    {
        var scope = new TestScope().With("v", value);

        Assert.Equal(value.ToString(), Evaluating.Evaluate("from_json(to_json(v))", scope).ToString());
        Assert.True(value == Evaluating.Evaluate("from_yaml(to_yaml(v))", scope));
    });

    [Fact]
    public void Slices_of_a_text_agree_with_its_characters() => Gen.Select(AnyValue.Texts, Gen.Int[-3, 5]).Sample((text, at) =>
    {
        var scope = new TestScope().With("t", Value.Of(text)).With("i", Value.Of(at));

        Assert.Equal(Value.True, Evaluating.Evaluate("t[:i] ~ t[i:] == t", scope));
        Assert.Equal(Value.True, Evaluating.Evaluate("length(t[:i]) + length(t[i:]) == length(t)", scope));
        Assert.Equal(Value.True, Evaluating.Evaluate("reversed(reversed(t)) == t", scope));
    });

    private static void Try(string source) => Guarded(
        () =>
        {
            var expression = Expression.Parse(source, Position.Start);
            _ = expression.References;
            return expression.Evaluate(TestScope.Basic);
        },
        source);

    private static void Guarded(Func<Value> evaluate, string source)
    {
        try
        {
            _ = evaluate().ToString();
        }
        catch (ExpressionException failed)
        {
            var lines = source.Split('\n');
            Assert.NotEmpty(failed.Error.Code);
            Assert.InRange(failed.Error.At.Line, 1, lines.Length);
            Assert.InRange(failed.Error.At.Column, 1, lines[failed.Error.At.Line - 1].Length + 1);
        }
    }

    /// <summary>The value as a literal of the language.</summary>
    private static string Written(Value value) => value switch
    {
        Value.Text text => Quoted(text.Content),
        Value.List list => $"[{string.Join(", ", list.Select(Written))}]",
        Value.Map map => $"{{{string.Join(", ", map.Select(entry => $"{Quoted(entry.Key)}: {Written(entry.Value)}"))}}}",
        _ => value.ToString(),
    };

    private static string Quoted(string text) =>
        $"\"{text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
