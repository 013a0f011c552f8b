using Executor.Core.Expressions;
using Executor.Core.Tests.Runs;
using static Executor.Core.Tests.Expressions.Evaluating;

namespace Executor.Core.Tests.Vectors;

[Trait("vector", "1")]
public sealed class FunctionVectors
{
    /// <summary>Of a value of any type they tell something, or hand it on.</summary>
    private static readonly string[] TakeAnything =
        ["string", "bool", "type_of", "default", "get", "to_json", "to_yaml"];

    public static TheoryData<string> Names => new(Functions.Names.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_wrong_count_of_arguments_is_refused(string name)
    {
        var function = Functions.Find(name)!;
        if (function.MinArguments > 0)
        {
            Fails("expr.arguments", Call(name, function.MinArguments - 1, "n"));
        }

        if (function.MaxArguments < 100)
        {
            Fails("expr.arguments", Call(name, function.MaxArguments + 1, "n"));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_wrong_type_is_refused_by_all_that_do_not_take_any(string name)
    {
        var function = Functions.Find(name)!;
        if (function.MinArguments == 0 || TakeAnything.Contains(name))
        {
            return;
        }

        string[] codes =
        [
            .. new[] { "z", "true", "n", "s", "a", "o" }
                .Select(value => CodeOf(Call(name, function.MinArguments, value))).OfType<string>(),
        ];
        Assert.Contains("expr.type", codes);
    }

    [Theory]
    [InlineData(
        """string(z) · string(1.0) · string(true) · string([1,"a"]) · string(o)""",
        """ "null" · "1.0" · "true" · "[1,\"a\"]" · "{\"k\":1,\"x\":{\"y\":[10,20]}}" """)]
    [InlineData(
        """number("3") · number(3) · number("1e3") · number(true) · number("x") · number("") · number(z) · number("nan")""",
        "3.0 · 3 · 1000.0 · 1.0 · expr.type")]
    [InlineData(
        """int("3.9") · int(-3.9) · int("7") · int(false) · int(" 7") · int("1e30")""",
        "3 · -3 · 7 · 0 · expr.type · expr.overflow")]
    [InlineData(
        """type_of(z) · type_of(true) · type_of(1.5) · type_of("a") · type_of(a) · type_of(o)""",
        """ "null" · "bool" · "number" · "string" · "array" · "object" """)]
    public void Types(string expressions, string values) => ExpressionVectors.Check(expressions, values);

    [Theory]
    [InlineData("""length(s) · length("😀") · length(a) · length(o) · length(z)""", "5 · 1 · 3 · 2 · expr.type")]
    [InlineData("""index_of(s, "l") · index_of(a, 2.0) · index_of(a, 9) · index_of(s, "")""", "2 · 1 · -1 · 0")]
    [InlineData(
        "slice(a,1) · slice(a,0,2) · slice(a,-1) · slice(a,0,-1) · slice(s,1,3) · slice(a,5) · slice(a,1,null)",
        """[2,3] · [1,2] · [3] · [1,2] · "él" · [] · [2,3]""")]
    [InlineData("""keys({"b":1,"a":2}) · values({"b":1,"a":2})""", """["b","a"] · [1,2]""")]
    public void Lengths_and_parts(string expressions, string values) => ExpressionVectors.Check(expressions, values);

    [Theory]
    [InlineData(
        """abs(-2) · floor(-1.5) · ceil(1.2) · round(2.5) · round(-2.5) · floor(number("1e30"))""",
        "2 · -2 · 2 · 3 · -3 · expr.overflow")]
    [InlineData(
        """min(1, 2.5) · max("a","b") · min(1,"a") · min(1)""", """1.0 · "b" · expr.type · expr.arguments""")]
    [InlineData("""sum([]) · sum([1,2]) · sum([1,2.5]) · sum(["a"])""", "0 · 3 · 3.5 · expr.type")]
    public void Numbers(string expressions, string values) => ExpressionVectors.Check(expressions, values);

    [Theory]
    [InlineData("""lower("AI") · upper("i") · trim(" a ")""", """ "ai" · "I" · "a" """)]
    [InlineData(
        """split("a,b",",") · split("",",") · split("ab","")""", """["a","b"] · [""] · expr.arguments""")]
    [InlineData(
        """join([1,"a",null],"-") · replace("aXbX","X","") · replace("a","","x")""",
        """ "1-a-null" · "ab" · expr.arguments""")]
    [InlineData(
        """starts_with(s,"h") · ends_with(s,"") · contains(a,2) · contains(s,"ll") · contains(o,"k")""", "true")]
    [InlineData("""match("^h",s) · match("l+",s) · match("(",s)""", "true · true · expr.regex")]
    [InlineData("""match("(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaab")""", "false")]
    [InlineData("""match("(?=h)", s) · match("(?<!x)h", s) · match("(.)\\1", s)""", "expr.regex")]
    public void Texts(string expressions, string values) => ExpressionVectors.Check(expressions, values);

    [Theory]
    [InlineData(
        """reversed(a) · reversed(s) · sort([3,1.5,2]) · sort(["b","a"]) · sort([1,"a"])""",
        """[3,2,1] · "olléh" · [1.5,2,3] · ["a","b"] · expr.type""")]
    [InlineData("sort([2,1.0,1,0]) · sort([1,1.0])", "[0,1.0,1,2] · [1,1.0]")]
    [InlineData(
        """unique([1,1.0,"1"]) · flat([1,[2,[3]]]) · zip([1,2],["a"])""",
        """[1,"1"] · [1,2,[3]] · [[1,"a"]]""")]
    [InlineData(
        "range(3) · range(2,5) · range(5,2) · range(-1) · range(1.5) · range(1000000000000)",
        "[0,1,2] · [2,3,4] · [] · [] · expr.type · expr.too-large")]
    [InlineData("""count([1,1.0,2],1) · count("aXaX","X") · count("a","")""", "2 · 2 · expr.arguments")]
    [InlineData("""merge({"a":1,"b":1},{"b":2,"c":3})""", """{"a":1,"b":2,"c":3}""")]
    [InlineData("chunks([1,2,3],2) · chunks(a,0) · chunks(a,-1)", "[[1,2],[3]] · expr.type · expr.type")]
    public void Lists(string expressions, string values) => ExpressionVectors.Check(expressions, values);

    [Theory]
    [InlineData("length() · length(a, a) · now(1)", "expr.arguments")]
    [InlineData("nope(a) · LENGTH(a)", "expr.unknown-function")]
    [InlineData("abs(s) · upper(n) · keys(a) · join(n, s)", "expr.type")]
    public void What_does_not_fit(string expressions, string values) => ExpressionVectors.Check(expressions, values);

    [Theory]
    [InlineData("length(range(1000000)) · range(1000001)", "1000000 · expr.too-large")]
    [InlineData("length(join(range(150000), '')) · join(range(200000), '')", "788890 · expr.too-large")]
    public void Lists_and_texts_are_bounded(string expressions, string values) =>
        ExpressionVectors.Check(expressions, values);

    [Fact]
    public void Sources_and_nesting_are_bounded()
    {
        Gives("1", "1".PadRight(8_192));
        Fails("expr.too-large", "1".PadRight(8_193));
        Gives("1", new string('(', 64) + "1" + new string(')', 64));
        Fails("expr.too-large", new string('(', 65) + "1" + new string(')', 65));
    }

    [Fact]
    public void Time_and_ids_are_those_of_the_decision_and_the_same_when_it_is_made_again()
    {
        const string Task = "a: input: {at: \"{{ now() }}\", ids: \"{{ [uuid(), uuid()] }}\"}";
        var run = Scenario.OfFlow(Task);

        Assert.Equal(run.Input("a"), Scenario.OfFlow(Task).Input("a"));
        Assert.StartsWith("""{"at":"2026-01-02T03:04:05.000Z",""", run.Input("a").ToString());
        Assert.NotEqual(run.Input("a"), Scenario.Of(Flow.Of(Task), id: "run-2").Input("a"));
    }

    private static string Call(string name, int arguments, string value) =>
        $"{name}({string.Join(", ", Enumerable.Repeat(value, arguments))})";
}
