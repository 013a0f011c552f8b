using Executor.Core.Expressions;
using Executor.Core.Values;
using static Executor.Core.Tests.Expressions.Evaluating;

namespace Executor.Core.Tests.Expressions;

public class ResultViewTests
{
    [Theory]
    [InlineData("""{"data":{"x":1,"stdout":"q"},"stdout":"s"}""", "[r.x, r.stdout, r.data.stdout]", """[1,"s","q"]""")]
    [InlineData("""{"stdout":"{\"x\":1}"}""", "r.x", "1")]
    [InlineData("""{"stdout":" {\"x\":1}\n"}""", "r.x", "1")]
    [InlineData("""{"stdout":"{broken}"}""", "r.stdout", "\"{broken}\"")]
    [InlineData("""{"stdout":5}""", "r.stdout", "5")]
    [InlineData("\"text\"", "r", "\"text\"")]
    [InlineData("null", "r", "null")]
    [InlineData("[1]", "r", "[1]")]
    public void Data_is_reachable_directly(string raw, string source, string json) => Gives(json, source, View(raw));

    [Theory]
    [InlineData("""{"data":[1],"stdout":"{\"x\":1}"}""", "expr.unknown-name")]
    [InlineData("\"text\"", "expr.type")]
    [InlineData("null", "expr.type")]
    [InlineData("[1]", "expr.type")]
    public void What_is_not_data_is_not_merged(string raw, string code) => Fails(code, "r.x", View(raw));

    [Fact]
    public void A_result_without_data_is_shown_as_the_same_object()
    {
        var raw = ValueJson.Parse("""{"stdout":"plain","exit_code":0}""");

        Assert.Same(raw, ResultView.Of(raw));
    }

    private static TestScope View(string raw) => new TestScope().With("r", ResultView.Of(ValueJson.Parse(raw)));
}
