using Executor.Core.Expressions;
using Executor.Core.Values;
using static Executor.Core.Tests.Expressions.Evaluating;

namespace Executor.Core.Tests.Expressions;

public class LimitTests
{
    private static readonly string Million = new('x', ExpressionLimits.Text);

    [Fact]
    public void A_source_has_at_most_8192_characters()
    {
        Gives("1", "1" + new string(' ', ExpressionLimits.Source - 1));
        Fails("expr.too-large", "1" + new string(' ', ExpressionLimits.Source));
    }

    [Theory]
    [InlineData("(", ")", "1")]
    [InlineData("[", "]", "1")]
    [InlineData("{\"k\":", "}", "1")]
    [InlineData("bool(", ")", "1")]
    [InlineData("a[", "]", "1")]
    [InlineData("not ", "", "1")]
    [InlineData("- ", "", "1")]
    [InlineData("1 if 0 else ", "", "1")]
    public void An_expression_is_nested_64_deep_at_most(string open, string close, string inside)
    {
        Expression.Parse(Nested(64), Position.Start);
        Fails("expr.too-large", Nested(65));

        string Nested(int depth) =>
            string.Concat(Enumerable.Repeat(open, depth)) + inside + string.Concat(Enumerable.Repeat(close, depth));
    }

    [Fact]
    public void An_expression_has_at_most_1000_parts()
    {
        Gives("500", "1" + string.Concat(Enumerable.Repeat("+1", 499)));
        Fails("expr.too-large", "1" + string.Concat(Enumerable.Repeat("+1", 500)));
        Fails("expr.too-large", "a" + string.Concat(Enumerable.Repeat(" | sort", 1_000)));
    }

    [Fact]
    [Trait("lesson", "7.6")]
    public void Nothing_large_is_allocated_before_it_is_refused()
    {
        string[] sources =
        [
            "range(1000000000000)", "9223372036854775807 + 1", "range(2000000)", "t + t", "t ~ t", "[t] | string",
            "replace(t, 'x', 'yy')", "join([t, t], '')", "regex_replace(t, 'x', t)", "[t, t] | to_json",
        ];
        var scope = new TestScope().With("t", Value.Of(Million));
        foreach (var source in sources)
        {
            var expression = Expression.Parse(source, Position.Start);
            var before = GC.GetAllocatedBytesForCurrentThread();

            var error = Assert.Throws<ExpressionException>(() => expression.Evaluate(scope)).Error;

            Assert.True(error.Code is "expr.too-large" or "expr.overflow", source);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < 5_000_000, $"{source}: {allocated}");
        }
    }

    [Theory]
    [InlineData("length(range(1000000))", "1000000")]
    [InlineData("length(t)", "1048576")]
    [InlineData("length(upper(t))", "1048576")]
    public void What_is_within_the_limits_is_done(string source, string json) =>
        Gives(json, source, new TestScope().With("t", Value.Of(Million)));

    [Fact]
    public void A_rendered_text_is_bounded()
    {
        var template = Template.Parse("{{ t }}{{ t }}", Position.Start);
        var scope = new TestScope().With("t", Value.Of(Million));

        Assert.Equal("expr.too-large", Assert.Throws<ExpressionException>(() => template.Render(scope)).Error.Code);
    }

    [Fact]
    public void Work_is_bounded_over_a_whole_rendering()
    {
        var one = Template.Parse("{{ length(sort(range(100000))) }}", Position.Start);
        var many = Template.List([.. Enumerable.Repeat(one, 20)]);

        Assert.Equal(Value.Of(100_000), one.Render(new TestScope()));
        Assert.Equal(
            "limit.expression",
            Assert.Throws<ExpressionException>(() => many.Render(new TestScope())).Error.Code);
    }

    [Fact]
    public void A_value_that_doubles_in_a_loop_is_refused_while_it_is_small_in_memory()
    {
        var value = Value.Of("x");
        var doubled = Expression.Parse("{'l': x, 'r': x}", Position.Start);

        var error = Assert.Throws<ExpressionException>(() =>
        {
            for (var round = 0; round < 60; round++)
            {
                value = doubled.Evaluate(new TestScope().With("x", value));
            }
        }).Error;

        Assert.Equal("expr.too-large", error.Code);
    }

    [Fact]
    public void A_value_that_wraps_itself_in_a_loop_is_refused()
    {
        var value = Value.Of(1);
        var wrapped = Template.List([Template.Parse("{{ x }}", Position.Start)]);

        for (var round = 0; round < ExpressionLimits.Nesting; round++)
        {
            value = wrapped.Render(new TestScope().With("x", value));
        }

        var error = Assert.Throws<ExpressionException>(() => wrapped.Render(new TestScope().With("x", value))).Error;
        Assert.Equal("expr.too-large", error.Code);
    }
}
