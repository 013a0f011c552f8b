using static Executor.Core.Tests.Expressions.Evaluating;

namespace Executor.Core.Tests.Expressions;

public class ConversionTests
{
    [Theory]
    [InlineData("string(z)", "\"null\"")]
    [InlineData("string(1.0)", "\"1.0\"")]
    [InlineData("string(true)", "\"true\"")]
    [InlineData("string(\"a\")", "\"a\"")]
    [InlineData("string([1,\"a\"]) == '[1,\"a\"]'", "true")]
    [InlineData("string(o) == '{\"k\":1,\"x\":{\"y\":[10,20]}}'", "true")]
    [InlineData("string(0.1 + 0.2)", "\"0.30000000000000004\"")]
    [InlineData("string(number(\"1e300\"))", "\"1E+300\"")]
    public void Anything_becomes_a_text(string source, string json) => Gives(json, source);

    [Theory]
    [InlineData("number(\"3\")", "3.0")]
    [InlineData("number(3)", "3")]
    [InlineData("number(\"1e3\")", "1000.0")]
    [InlineData("number(\"-2.5\")", "-2.5")]
    [InlineData("number(true)", "1.0")]
    [InlineData("number(false)", "0.0")]
    [InlineData("int(\"3.9\")", "3")]
    [InlineData("int(-3.9)", "-3")]
    [InlineData("int(\"7\")", "7")]
    [InlineData("int(\"9007199254740993\")", "9007199254740993")]
    [InlineData("int(false)", "0")]
    [InlineData("bool(\"0\")", "true")]
    [InlineData("bool(\"\")", "false")]
    [InlineData("bool([])", "false")]
    public void Numbers_and_booleans_are_made_when_asked_for(string source, string json) => Gives(json, source);

    [Theory]
    [InlineData("number(\"x\")", "expr.type")]
    [InlineData("number(\"\")", "expr.type")]
    [InlineData("number(\"1x\")", "expr.type")]
    [InlineData("number(\".5\")", "expr.type")]
    [InlineData("number(\"5.\")", "expr.type")]
    [InlineData("number(\"1e\")", "expr.type")]
    [InlineData("number(\"1,5\")", "expr.type")]
    [InlineData("number(z)", "expr.type")]
    [InlineData("number(a)", "expr.type")]
    [InlineData("number(\"nan\")", "expr.type")]
    [InlineData("number(\"Infinity\")", "expr.type")]
    [InlineData("number(\"1e999\")", "expr.overflow")]
    [InlineData("int(\" 7\")", "expr.type")]
    [InlineData("int(\"1e30\")", "expr.overflow")]
    [InlineData("int(\"99999999999999999999\")", "expr.overflow")]
    [InlineData("int(z)", "expr.type")]
    public void What_is_no_number_is_refused(string source, string code) => Fails(code, source);

    [Theory]
    [InlineData("z", "null")]
    [InlineData("true", "bool")]
    [InlineData("1.5", "number")]
    [InlineData("1", "number")]
    [InlineData("\"a\"", "string")]
    [InlineData("a", "array")]
    [InlineData("o", "object")]
    public void Types_have_the_names_of_json(string source, string name) => Gives($"\"{name}\"", $"type_of({source})");

    [Theory]
    [InlineData("to_json(o) == '{\"k\":1,\"x\":{\"y\":[10,20]}}'", "true")]
    [InlineData("to_json(\"é\")", "\"\\\"é\\\"\"")]
    [InlineData("from_json('{\"a\": [1, 2.0, null]}')", "{\"a\":[1,2.0,null]}")]
    [InlineData("base64_encode(\"héllo\")", "\"aMOpbGxv\"")]
    [InlineData("base64_decode(\"aMOpbGxv\")", "\"héllo\"")]
    [InlineData("urlencode(\"a b&é\")", "\"a%20b%26%C3%A9\"")]
    [InlineData("urlencode({\"a b\": 1, \"c\": \"x y\"})", "\"a%20b=1&c=x%20y\"")]
    [InlineData("sha256(\"abc\")", "\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"")]
    [InlineData("from_yaml('a: [1, no, 2.5]')", "{\"a\":[1,\"no\",2.5]}")]
    [InlineData("from_yaml(to_yaml(o)) == o", "true")]
    [InlineData("to_yaml({\"a\": [1, \"x y\", \"1\"], \"b\": {}})",
        "\"a:\\n  - 1\\n  - x y\\n  - \\\"1\\\"\\nb: {}\\n\"")]
    public void Formats_are_written_and_read(string source, string json) => Gives(json, source);

    [Theory]
    [InlineData("from_json(\"{\")")]
    [InlineData("from_json(\"\")")]
    [InlineData("from_json(1)")]
    [InlineData("from_json('\"\\\\ud800\"')")]
    [InlineData("from_yaml('a: [')")]
    [InlineData("from_yaml('a: 1\\na: 2')")]
    [InlineData("from_yaml('a: 1 # nothing\u2028b: 2')")]
    [InlineData("base64_decode(\"?\")")]
    [InlineData("base64_decode(\"/w==\")")]
    [InlineData("urlencode(1)")]
    public void Broken_formats_are_refused(string source) => Fails("expr.type", source);

    [Fact]
    public void Nesting_of_read_values_is_bounded()
    {
        Gives("1", $"length(from_json('{Nested(64)}'))");
        Fails("expr.too-large", $"from_json('{Nested(65)}')");
    }

    private static string Nested(int depth) => new string('[', depth) + new string(']', depth);
}
