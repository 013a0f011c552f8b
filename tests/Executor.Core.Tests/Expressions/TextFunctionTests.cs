using static Executor.Core.Tests.Expressions.Evaluating;

namespace Executor.Core.Tests.Expressions;

public class TextFunctionTests
{
    [Theory]
    [InlineData("lower(\"AI\")", "\"ai\"")]
    [InlineData("upper(\"i\")", "\"I\"")]
    [InlineData("upper(\"é😀\")", "\"É😀\"")]
    [InlineData("trim(\" a \")", "\"a\"")]
    [InlineData("title(\"hello wORLD-wide (web)\")", "\"Hello World-Wide (Web)\"")]
    [InlineData("split(\"a,b\",\",\")", "[\"a\",\"b\"]")]
    [InlineData("split(\"\",\",\")", "[\"\"]")]
    [InlineData("join([1,\"a\",null],\"-\")", "\"1-a-null\"")]
    [InlineData("join([], \"-\")", "\"\"")]
    [InlineData("replace(\"aXbX\",\"X\",\"\")", "\"ab\"")]
    [InlineData("starts_with(s,\"h\")", "true")]
    [InlineData("ends_with(s,\"\")", "true")]
    [InlineData("ends_with(s,\"x\")", "false")]
    [InlineData("contains(a,2)", "true")]
    [InlineData("contains(s,\"ll\")", "true")]
    [InlineData("contains(o,\"k\")", "true")]
    public void Texts_are_changed_cut_and_joined(string source, string json) => Gives(json, source);

    [Theory]
    [InlineData("split(\"ab\",\"\")", "expr.arguments")]
    [InlineData("replace(\"a\",\"\",\"x\")", "expr.arguments")]
    [InlineData("count(\"a\",\"\")", "expr.arguments")]
    [InlineData("lower(1)", "expr.type")]
    [InlineData("join(\"a\",\"b\")", "expr.type")]
    [InlineData("starts_with(a,1)", "expr.type")]
    public void What_makes_no_sense_is_refused(string source, string code) => Fails(code, source);

    [Theory]
    [InlineData("match(\"^h\",s)", "true")]
    [InlineData("match(\"l+\",s)", "true")]
    [InlineData("match(\"x\",s)", "false")]
    [InlineData("s | match(\"^h\")", "true")]
    [InlineData("matches(s, \"h.*o\")", "true")]
    [InlineData("matches(s, \"h\")", "false")]
    [InlineData("matches(\"ab\", \"a|ab\")", "true")]
    [InlineData("s | matches(\"h.*\")", "true")]
    [InlineData("regex_replace(\"a1b22\", \"[0-9]+\", \"#\")", "\"a#b#\"")]
    [InlineData("regex_replace(\"a1\", \"([a-z])([0-9])\", \"$2$1\")", "\"1a\"")]
    [InlineData("regex_replace(\"ab\", \"\", \"-\")", "\"-a-b-\"")]
    [InlineData("match(\"(?i)HÉ\", s)", "true")]
    public void Patterns_search_match_and_replace(string source, string json) => Gives(json, source);

    [Theory]
    [InlineData("match(\"(\",s)")]
    [InlineData("match(\"(?=a)\",s)")]
    [InlineData("match(\"(?<!a)b\",s)")]
    [InlineData("match('(a)\\\\1',s)")]
    [InlineData("matches(s, \"a)(b\")")]
    [InlineData("match(\"a\" ~ join(range(1000), \"\"), s)")]
    public void Patterns_that_cannot_be_searched_in_linear_time_are_refused(string source) => Fails("expr.regex", source);

    [Fact]
    [Trait("lesson", "7.6")]
    public void A_hostile_pattern_ends_in_linear_time()
    {
        var text = new string('a', 100_000) + "b";

        Gives("false", "match(\"(a+)+$\", text)", new TestScope().With("text", Executor.Core.Values.Value.Of(text)));
    }

    [Theory]
    [Trait("lesson", "7.7")]
    [InlineData("length(s)", "5")]
    [InlineData("length(\"😀\")", "1")]
    [InlineData("length(t)", "5")]
    [InlineData("t[1]", "\"😀\"")]
    [InlineData("t[-2]", "\"😀\"")]
    [InlineData("t[4]", "\"x\"")]
    [InlineData("index_of(s, \"l\")", "2")]
    [InlineData("index_of(t, \"b\")", "2")]
    [InlineData("index_of(t, \"x\")", "4")]
    [InlineData("index_of(t, \"nope\")", "-1")]
    [InlineData("index_of(s, \"\")", "0")]
    [InlineData("slice(t, 1, 3)", "\"😀b\"")]
    [InlineData("t[3:]", "\"😀x\"")]
    [InlineData("slice(s,1,3)", "\"él\"")]
    [InlineData("reversed(t)", "\"x😀b😀a\"")]
    [InlineData("reversed(s)", "\"olléh\"")]
    [InlineData("count(t, \"😀\")", "2")]
    [InlineData("t[index_of(t, \"b\")]", "\"b\"")]
    [InlineData("length(split(t, \"b\")[0])", "2")]
    [InlineData("slice(t, 0, length(t)) == t", "true")]
    public void Texts_are_measured_indexed_searched_and_cut_in_code_points(string source, string json) =>
        Gives(json, source, TestScope.Basic.With("t", "\"a😀b😀x\""));
}
