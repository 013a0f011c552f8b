using static Executor.Core.Tests.Expressions.Evaluating;

namespace Executor.Core.Tests.Vectors;

/// <summary>Expressions and their values; integers and floats are told apart by how they are written.</summary>
[Trait("vector", "1")]
public sealed class ExpressionVectors
{
    [Theory]
    [InlineData("1 + 2 * 3 · (1 + 2) * 3 · -n + 1", "7 · 9 · -4")]
    [InlineData("7 / 2 · 6 / 2 · 6.0 / 2", "3.5 · 3 · 3.0")]
    [InlineData("-7 % 3 · 7.5 % 2", "-1 · 1.5")]
    [InlineData("1 / 0 · 1 % 0.0", "expr.divide-by-zero")]
    [InlineData("2 * 1.5 · 1 + 2.0", "3.0 · 3.0")]
    [InlineData("""9223372036854775807 + 1 · number("1e308") * 10""", "expr.overflow")]
    [InlineData("99999999999999999999", "expr.number")]
    public void Numbers(string expressions, string values) => Check(expressions, values);

    [Theory]
    [InlineData("""3 == 3.0 · "3" == 3 · null == false""", "true · false · false")]
    [InlineData("9007199254740993 == 9007199254740992", "false")]
    [InlineData("""[1, {"a": 2}] == [1.0, {"a": 2.0}] · o != z""", "true · true")]
    [InlineData("1 < 2 < 3 · a == a == true", "expr.syntax")]
    [InlineData("""  "a" < "b" · "Z" < "a" """, "true")]
    [InlineData("\"\uFFFD\" < \"😀\"", "true")]
    [InlineData("""[1,2] < [1,3] · [1] < [1,0] · [1] < ["a"]""", "true · true · expr.type")]
    [InlineData("""true < false · z < 1 · o < o · -"a" """, "expr.type")]
    public void Comparison(string expressions, string values) => Check(expressions, values);

    [Theory]
    [InlineData("""  "a" + 1 · z + 1 · a + 1 · "a" * 2""", "expr.type")]
    [InlineData("""  "a" + "b" · [1] + [2]""", """ "ab" · [1,2]""")]
    [InlineData("""2 in a · 2.0 in a · "k" in o · "ell" in "hello" """, "true")]
    [InlineData("""1 in o · 1 in "1" · 1 in 5""", "expr.type")]
    public void Nothing_is_converted_silently(string expressions, string values) => Check(expressions, values);

    [Theory]
    [InlineData("""not e · not 0 · not 0.0 · not "" · not z · not {} · not null · not false""", "true")]
    [InlineData("""not "false" · bool("0")""", "false · true")]
    [InlineData("""n and "x" · z or 0 · z or "x" """, "true · false · true")]
    [InlineData("false and missing · true or missing", "false · true")]
    [InlineData("not 2 in a · n > 1 and not n > 9 · true or false and false", "false · true · true")]
    public void Truth(string expressions, string values) => Check(expressions, values);

    [Theory]
    [InlineData(
        """a[-1] · a[0] · a[3] · a[-4] · a["0"] · a[1.0]""", "3 · 1 · expr.index · expr.index · expr.type · expr.type")]
    [InlineData("s[1] · s[-1] · s[9]", """ "é" · "o" · expr.index""")]
    [InlineData("""o.x.y[1] · o["x"]["y"][0] · o.x["y"]""", "20 · 10 · [10,20]")]
    [InlineData("""{"in": 1}.in · {"a-b": 2}["a-b"]""", "1 · 2")]
    [InlineData("""o.nope · o["nope"] · missing""", "expr.unknown-name")]
    [InlineData("z.k · n.k · z[0]", "expr.type")]
    public void Parts(string expressions, string values) => Check(expressions, values);

    [Theory]
    [InlineData("""[1,2,] · {"a": 1,} · {"a": {"b": []}}""", """[1,2] · {"a":1} · {"a":{"b":[]}}""")]
    [InlineData(""" "a\n\"b\"" · 'it\'s' · "\d" """, """ "a\n\"b\"" · "it's" · "\\d" """)]
    [InlineData(""" "\t\r\\" · '\'' · "\u" """, """ "\t\r\\" · "'" · "\\u" """)]
    public void Literals(string expressions, string values) => Check(expressions, values);

    [Theory]
    [InlineData("a | length · a | first · o.nope | default(1)", "3 · 1 · 1")]
    [InlineData(
        """1 if n > 3 else 2 · 9 not in a · a[0:2] · n ~ "x" · 7 // 2 · o.nope is defined""",
        """1 · true · [1,2] · "5x" · 3 · false""")]
    public void Filters_and_what_is_ours(string expressions, string values) => Check(expressions, values);

    [Fact]
    public void Chained_comparisons_are_to_be_joined_with_and_and_unknown_names_have_their_nearest()
    {
        Assert.Contains("Join with and", Fails("expr.syntax", "1 < 2 < 3").Hint);
        Assert.Equal("Did you mean 'k'?", Fails("expr.unknown-name", "o.kk").Hint);
    }

    /// <summary>A value as JSON, or the code of an error.</summary>
    internal static void Check(string expressions, string values)
    {
        foreach (var (source, value) in Row.Of(expressions, values))
        {
            if (value.StartsWith("expr.", StringComparison.Ordinal))
            {
                Fails(value, source);
            }
            else
            {
                Gives(value, source);
            }
        }
    }
}
