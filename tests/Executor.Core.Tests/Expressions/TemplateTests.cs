using Executor.Core.Expressions;
using Executor.Core.Values;

namespace Executor.Core.Tests.Expressions;

public class TemplateTests
{
    private static TestScope Scope => new TestScope()
        .With("item", "5")
        .With("name", "\"x\"")
        .With("l", "[1]")
        .With("o", """{"k":1,"x":{"y":[10,20]}}""")
        .With("z", "null")
        .With("evil", "\"{{ name }}\"");

    [Theory]
    [Trait("lesson", "7.2")]
    [InlineData("{{ item }}", "5")]
    [InlineData(" {{ item }} ", "5")]
    [InlineData("{{item}}\n", "5")]
    [InlineData("{{ z }}", "null")]
    [InlineData("{{ true }}", "true")]
    [InlineData("{{ l }}", "[1]")]
    [InlineData("{{ o }}", """{"k":1,"x":{"y":[10,20]}}""")]
    public void One_whole_expression_keeps_its_type(string text, string json) => Renders(json, text);

    [Theory]
    [InlineData("{{ item }}{{ item }}", "55")]
    [InlineData(" {{ item }} {{ item }} ", " 5 5 ")]
    [InlineData("n={{ item }}", "n=5")]
    [InlineData("v {{ l }}", "v [1]")]
    [InlineData("v={{ z }}", "v=")]
    [InlineData("v={{ true }}", "v=true")]
    [InlineData("v={{ 1.0 }}", "v=1.0")]
    [InlineData("{{ '{{' }}", "{{")]
    [InlineData("{{ '}}' }}", "}}")]
    [InlineData("a {{ '}}' }}", "a }}")]
    [InlineData("a {{ '\\'}}' }}", "a '}}")]
    [InlineData("a }} b", "a }} b")]
    [InlineData("", "")]
    [InlineData("{ x }", "{ x }")]
    [InlineData("{% x %}", "{% x %}")]
    [InlineData("{{ evil }}", "{{ name }}")]
    [InlineData("a {{ evil }}", "a {{ name }}")]
    public void Mixed_text_becomes_text_and_is_never_rendered_again(string text, string rendered) =>
        Assert.Equal(Value.Of(rendered), Template.Parse(text, Position.Start).Render(Scope));

    [Theory]
    [InlineData("v {{ o }}", """v {"k":1,"x":{"y":[10,20]}}""")]
    [InlineData("v {{ ['é😀<&>\"'] }}", "v [\"é😀<&>\\\"\"]")]
    public void Containers_in_text_are_compact_json(string text, string rendered) =>
        Assert.Equal(Value.Of(rendered), Template.Parse(text, Position.Start).Render(Scope));

    [Theory]
    [InlineData("""{{ {"a":{"b":1}} }}""")]
    [InlineData("""{{ {"a":{"b":1}}}}""")]
    [InlineData("""{{{"a":{"b":1}}}}""")]
    public void Braces_are_counted(string text) => Renders("""{"a":{"b":1}}""", text);

    [Theory]
    [InlineData("{{ missing }}", "expr.unknown-name", 1, 4)]
    [InlineData("a {{ missing }}", "expr.unknown-name", 1, 6)]
    [InlineData("{{ item }} {{ item }}\n{{ missing }} {{ item }}", "expr.unknown-name", 2, 4)]
    [Trait("lesson", "7.1")]
    public void One_bad_expression_fails_the_whole(string text, string code, int line, int column)
    {
        var template = Template.Parse(text, Position.Start);

        var error = Assert.Throws<ExpressionException>(() => template.Render(Scope)).Error;

        Assert.Equal((code, new Position(line, column)), (error.Code, error.At));
    }

    [Fact]
    [Trait("lesson", "7.1")]
    public void One_bad_expression_of_ten_fails_the_whole_map()
    {
        var entries = Enumerable.Range(0, 10)
            .Select(place => KeyValuePair.Create($"k{place}", At(place == 7 ? "{{ missing }}" : "{{ item }}")));

        Assert.Throws<ExpressionException>(() => Template.Map([.. entries]).Render(Scope));
    }

    [Theory]
    [InlineData("{{ ", "template.unclosed", 1)]
    [InlineData("a {{ item", "template.unclosed", 3)]
    [InlineData("a {{ item }", "template.unclosed", 3)]
    [InlineData("a {{ 'item }}", "template.unclosed", 3)]
    [InlineData("{{ item }} {{ {1 }}", "template.unclosed", 12)]
    [InlineData("{{ }}", "expr.syntax", 4)]
    [InlineData("{{}}", "expr.syntax", 3)]
    [InlineData("a {{ 1 + }}", "expr.syntax", 9)]
    [InlineData("{{ {{ item }} }}", "expr.syntax", 5)]
    public void Broken_templates_are_refused_when_read(string text, string code, int column)
    {
        var error = Assert.Throws<ExpressionException>(() => At(text)).Error;

        Assert.Equal((code, new Position(1, column)), (error.Code, error.At));
    }

    [Fact]
    public void Lists_and_map_values_are_rendered_at_any_depth_and_keys_never()
    {
        var template = Template.Map(
        [
            KeyValuePair.Create("{{ name }}", At("{{ name }}")),
            KeyValuePair.Create("a", Template.List(
                [At("{{ item }}"), Template.Constant(Value.Of(1)), Template.Constant(Value.True), Template.Constant(Value.Null)])),
        ]);

        Assert.Equal("""{"{{ name }}":"x","a":[5,1,true,null]}""", template.Render(Scope).ToString());
        Assert.Equal(["name", "item"], template.Expressions.Select(expression => expression.Source));
        Assert.Null(template.Literal);
    }

    [Fact]
    public void What_holds_no_expression_is_a_literal()
    {
        var template = Template.Map(
            [KeyValuePair.Create("a", Template.List([At("plain"), Template.Constant(Value.Of(1))]))]);

        Assert.Equal("""{"a":["plain",1]}""", template.Literal?.ToString());
        Assert.Empty(template.Expressions);
        Assert.Equal(Value.Of("{{ name }}"), Template.Constant(Value.Of("{{ name }}")).Render(Scope));
    }

    [Fact]
    public void A_bare_expression_is_a_template() =>
        Assert.Equal(Value.Of(6), Template.Of(Expression.Parse("item + 1", Position.Start)).Render(Scope));

    [Theory]
    [InlineData("item == 5")]
    [InlineData("  item == 5\n")]
    [InlineData("{{ item == 5 }}")]
    [InlineData(" {{ item == 5 }} ")]
    [InlineData("'{{' != name")]
    public void A_condition_stands_alone_or_in_braces(string text) =>
        Assert.Equal(Value.True, Expression.ParseCondition(text, Position.Start).Evaluate(Scope));

    [Theory]
    [InlineData("{{ name }} == {{ name }}", "when.mixed-text")]
    [InlineData("name == {{ name }}", "when.mixed-text")]
    [InlineData("{{ name }} == name", "when.mixed-text")]
    [InlineData("", "when.empty")]
    [InlineData(" \n", "when.empty")]
    [InlineData("{{ }}", "expr.syntax")]
    [InlineData("name ==", "expr.syntax")]
    [InlineData("{{ name", "template.unclosed")]
    public void A_condition_is_nothing_else(string text, string code) => Assert.Equal(
        code,
        Assert.Throws<ExpressionException>(() => Expression.ParseCondition(text, Position.Start)).Error.Code);

    [Fact]
    public void A_condition_knows_its_place()
    {
        var bare = Expression.ParseCondition("\n  nope", new Position(4, 9));
        var braced = Expression.ParseCondition("{{ nope }}", new Position(4, 9));

        Assert.Equal(new Position(5, 3), Assert.Throws<ExpressionException>(() => bare.Evaluate(Scope)).Error.At);
        Assert.Equal(new Position(4, 12), Assert.Throws<ExpressionException>(() => braced.Evaluate(Scope)).Error.At);
    }

    private static Template At(string text) => Template.Parse(text, Position.Start);

    private static void Renders(string json, string text) => Assert.Equal(json, At(text).Render(Scope).ToString());
}
