using Executor.Core.Expressions;
using static Executor.Core.Tests.Expressions.Evaluating;

namespace Executor.Core.Tests.Expressions;

public class SyntaxTests
{
    [Theory]
    [InlineData("[1,2,]", "[1,2]")]
    [InlineData("{\"a\": 1,}", "{\"a\":1}")]
    [InlineData("{\"a\": {\"b\": []}}", "{\"a\":{\"b\":[]}}")]
    [InlineData("{'a': n}", "{\"a\":5}")]
    [InlineData("[]", "[]")]
    [InlineData("\"a\\n\\\"b\\\"\" == 'a\n\"b\"'", "true")]
    [InlineData("'it\\'s'", "\"it's\"")]
    [InlineData("\"\\d\"", "\"\\\\d\"")]
    [InlineData("'\\t' == \"\t\"", "true")]
    [InlineData("length('\\\\')", "1")]
    [InlineData("  1\n +\t2 ", "3")]
    [InlineData("ünïcode is defined", "false")]
    public void Literals_are_read(string source, string json) => Gives(json, source);

    [Theory]
    [InlineData("a = 1", 3, "==")]
    [InlineData("!a", 1, "not")]
    [InlineData("a ? 1 : 2", 3, "x if c else y")]
    [InlineData("a && a", 3, "and")]
    [InlineData("a || a", 3, "or")]
    [InlineData("length(a,)", 10, "comma")]
    [InlineData("a.b()", 4, "b(x)")]
    [InlineData("1 +", 4, null)]
    [InlineData("(1", 1, "')'")]
    [InlineData("a[", 3, null)]
    [InlineData("a[1", 2, "']'")]
    [InlineData("[1, 2", 1, "']'")]
    [InlineData("{\"a\": 1", 1, "'}'")]
    [InlineData("\"open", 1, "\"")]
    [InlineData("'open\\'", 1, "'")]
    [InlineData(".5", 1, "0.5")]
    [InlineData("5.", 1, "5.0")]
    [InlineData("5.x", 1, "5.0")]
    [InlineData("1x", 1, null)]
    [InlineData("1e", 1, null)]
    [InlineData("", 1, null)]
    [InlineData("   ", 1, null)]
    [InlineData("a b", 3, "operator")]
    [InlineData("a.", 3, null)]
    [InlineData("a.0", 3, "a[0]")]
    [InlineData("a[1:2:3]", 6, "a[from:to]")]
    [InlineData("{a: 1}", 2, "quotes")]
    [InlineData("{\"a\": 1, \"a\": 2}", 10, null)]
    [InlineData("{\"a\" 1}", 6, null)]
    [InlineData("[1 2]", 4, null)]
    [InlineData(")", 1, null)]
    [InlineData("and", 1, null)]
    [InlineData("1 if 2", 7, "x if c else y")]
    [InlineData("a is number", 6, "is defined")]
    [InlineData("a | ", 5, null)]
    [InlineData("a | first.x", 10, "brackets")]
    [InlineData("(1)(2)", 4, "functions")]
    [InlineData("\"x\"(1)", 4, "functions")]
    [InlineData("1 == not 2", 6, "brackets")]
    [InlineData("a # b", 3, null)]
    [InlineData("a \0 b", 3, null)]
    [InlineData("1 + {{ a }}", 6, "quotes")]
    public void Refused_texts_say_where_and_what_to_write(string source, int column, string? hint)
    {
        var error = Fails("expr.syntax", source);

        Assert.Equal(new Position(1, column), error.At);
        Assert.True(hint is null || error.Hint?.Contains(hint, StringComparison.Ordinal) == true, error.Hint);
    }

    [Theory]
    [InlineData("1 +\n  nope", 4, 3)]
    [InlineData("[1,\n\n2 = 3]", 5, 3)]
    [InlineData("\n\n  o.x.nope", 5, 7)]
    [InlineData("length(1)", 3, 17)]
    [InlineData("1 < 'a'", 3, 12)]
    public void Positions_are_those_of_the_file(string source, int line, int column)
    {
        var error = Assert.Throws<ExpressionException>(
            () => Expression.Parse(source, new Position(3, 10)).Evaluate(TestScope.Basic)).Error;

        Assert.Equal(new Position(line, column), error.At);
    }

    [Theory]
    [InlineData("nope()", "expr.unknown-function", null)]
    [InlineData("lenght(a)", "expr.unknown-function", "Did you mean 'length'?")]
    [InlineData("SUCCEEDED()", "expr.unknown-function", "Did you mean 'succeeded'?")]
    [InlineData("a | nope", "expr.unknown-function", null)]
    [InlineData("length()", "expr.arguments", null)]
    [InlineData("length(a, a)", "expr.arguments", null)]
    [InlineData("a | length(1)", "expr.arguments", null)]
    [InlineData("default(a)", "expr.arguments", null)]
    [InlineData("now(1)", "expr.arguments", null)]
    [InlineData("ctx(1, 2)", "expr.arguments", null)]
    public void Functions_that_do_not_fit_fail_when_they_are_called(string source, string code, string? hint) =>
        Assert.Equal(hint, Fails(code, source).Hint);

    [Fact]
    public void Words_of_the_language_are_field_names_after_a_point() =>
        Gives("[1,2,3]", "[{\"if\": 1}.if, {\"null\": 2}?.null, {\"not\": 3}.not]");

    [Fact]
    public void Every_function_says_how_many_arguments_it_takes()
    {
        foreach (var name in Functions.Names)
        {
            var function = Functions.Find(name)!;
            Assert.InRange(function.MinArguments, 0, function.MaxArguments);
            Assert.True(function.Takes(function.MinArguments) && !function.Takes(function.MinArguments - 1), name);
        }

        Assert.Null(Functions.Find("nope"));
        Assert.Equal("2 arguments or more", Functions.Find("merge")!.Arity);
        Assert.Equal("1 argument", Functions.Find("length")!.Arity);
        Assert.Equal("2 to 3 arguments", Functions.Find("get")!.Arity);
    }

    [Fact]
    public void All_functions_of_the_language_exist()
    {
        const string Documented =
            """
            string number int bool type_of length keys values items abs floor ceil round min max sum lower upper title
            trim split join replace starts_with ends_with match matches regex_replace contains reversed sort unique
            flatten flat zip range slice index_of count merge chunks map select reject first last get default to_json
            from_json from_yaml to_yaml base64_encode base64_decode urlencode sha256 now today format_date parse_date
            add_seconds uuid succeeded failed timed_out skipped completed result error status item_states ctx
            """;

        Assert.Equal(
            Documented.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Order(),
            Functions.Names.Order());
    }
}
