using Executor.Core.Expressions;
using static Executor.Core.Tests.Expressions.Evaluating;

namespace Executor.Core.Tests.Expressions;

public class PathTests
{
    [Theory]
    [InlineData("a[-1]", "3")]
    [InlineData("a[0]", "1")]
    [InlineData("a[-3]", "1")]
    [InlineData("s[1]", "\"é\"")]
    [InlineData("s[-1]", "\"o\"")]
    [InlineData("o.x.y[1]", "20")]
    [InlineData("o[\"x\"][\"y\"][0]", "10")]
    [InlineData("o.x[\"y\"]", "[10,20]")]
    [InlineData("{\"in\": 1}.in", "1")]
    [InlineData("{\"a-b\": 2}[\"a-b\"]", "2")]
    [InlineData("a[0:2]", "[1,2]")]
    [InlineData("a[1:]", "[2,3]")]
    [InlineData("a[:-1]", "[1,2]")]
    [InlineData("a[:]", "[1,2,3]")]
    [InlineData("a[5:]", "[]")]
    [InlineData("s[1:3]", "\"él\"")]
    [InlineData("[a][0][1]", "2")]
    public void Fields_elements_and_slices_are_read(string source, string json) => Gives(json, source);

    [Theory]
    [InlineData("a[3]", "expr.index")]
    [InlineData("a[-4]", "expr.index")]
    [InlineData("s[9]", "expr.index")]
    [InlineData("a[\"0\"]", "expr.type")]
    [InlineData("a[1.0]", "expr.type")]
    [InlineData("o[1]", "expr.type")]
    [InlineData("o.nope", "expr.unknown-name")]
    [InlineData("o[\"nope\"]", "expr.unknown-name")]
    [InlineData("missing", "expr.unknown-name")]
    [InlineData("z.k", "expr.type")]
    [InlineData("n.k", "expr.type")]
    [InlineData("z[0]", "expr.type")]
    [InlineData("a.k", "expr.type")]
    [InlineData("o[0:1]", "expr.type")]
    [InlineData("a[\"x\":]", "expr.type")]
    [InlineData("TRUE", "expr.unknown-name")]
    public void What_is_not_there_is_an_error(string source, string code) => Fails(code, source);

    [Theory]
    [InlineData("o.kk", "Did you mean 'k'?")]
    [InlineData("{\"total\": 1}[\"totl\"]", "Did you mean 'total'?")]
    [InlineData("length + 1", "length is a function: write length(...).")]
    [InlineData("True", "Write true.")]
    public void Unknown_names_come_with_advice(string source, string hint) =>
        Assert.Equal(hint, Fails("expr.unknown-name", source).Hint);

    [Theory]
    [InlineData("o?.nope", "null")]
    [InlineData("z?.k", "null")]
    [InlineData("o?.k", "1")]
    [InlineData("o?.nope?.deeper", "null")]
    [InlineData("default(o.nope, 1)", "1")]
    [InlineData("default(o.nope.deeper, 1)", "1")]
    [InlineData("default(z, 1)", "1")]
    [InlineData("default(z.k, 1)", "1")]
    [InlineData("default(missing, 1)", "1")]
    [InlineData("default(n, missing)", "5")]
    [InlineData("default(false, 1)", "false")]
    [InlineData("missing_key | default(1)", "1")]
    [InlineData("o.nope | default(1)", "1")]
    [InlineData("a[9] | default(1)", "1")]
    [InlineData("o[\"nope\"][0] | default(1)", "1")]
    [InlineData("(missing if true else 2) | default(1)", "1")]
    [InlineData("o.nope is defined", "false")]
    [InlineData("o.nope is not defined", "true")]
    [InlineData("o.k is defined", "true")]
    [InlineData("missing is defined", "false")]
    [InlineData("z is defined", "true")]
    [InlineData("a[3] is defined", "false")]
    [InlineData("z is null", "true")]
    [InlineData("n is null", "false")]
    [InlineData("n is not null", "true")]
    [InlineData("not o.nope is defined", "true")]
    public void Null_safe_forms_take_absence_for_an_answer(string source, string json) => Gives(json, source);

    [Theory]
    [InlineData("n?.k", "expr.type")]
    [InlineData("missing?.k", "expr.unknown-name")]
    [InlineData("default(o.nope + 1, 1)", "expr.unknown-name")]
    [InlineData("default(n.k, 1)", "expr.type")]
    [InlineData("missing is null", "expr.unknown-name")]
    public void Null_safe_forms_forgive_nothing_else(string source, string code) => Fails(code, source);

    [Fact]
    public void A_field_of_ten_thousand_is_found_without_a_copy()
    {
        var entries = Enumerable.Range(0, 10_000).Select(number => $"\"k{number}\":{number}");
        var scope = new TestScope().With("big", $"{{{string.Join(',', entries)}}}");
        var expression = Expression.Parse("big.k9999", Position.Start);
        expression.Evaluate(scope);

        var before = GC.GetAllocatedBytesForCurrentThread();
        expression.Evaluate(scope);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200);
    }
}
