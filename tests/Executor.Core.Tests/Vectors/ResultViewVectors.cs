using Executor.Core.Tests.Runs;

namespace Executor.Core.Tests.Vectors;

/// <summary>What <c>result()</c> and <c>task.NAME</c> show of a result.</summary>
[Trait("vector", "7 result view")]
public sealed class ResultViewVectors
{
    [Theory]
    [InlineData("""{"data":{"x":1,"stdout":"q"},"stdout":"s"}""", ".x · .stdout · .data.stdout", """1 · "s" · "q" """)]
    [InlineData("""{"stdout":"{\"x\":1}"}""", ".x", "1")]
    [InlineData("""{"data":[1],"stdout":"{\"x\":1}"}""", ".x · .data", "expr.unknown-name · [1]")]
    [InlineData(""" "text" """, " · .x", """ "text" · expr.type""")]
    [InlineData("null", " · .x", "null · expr.type")]
    [InlineData("[1]", " · .x", "[1] · expr.type")]
    public void A_result_reads(string raw, string paths, string values)
    {
        foreach (var (path, value) in Row.Of(paths, values))
        {
            foreach (var root in new[] { "result()", "task.a" })
            {
                var run = Scenario.OfFlow($$$"""
                    a -*-> b
                    b: input: {v: "{{ {{{root}}}{{{path}}} }}"}
                    """).Succeed("a", raw);

                Assert.Equal(value, Seen.By(run, "b"));
            }
        }
    }
}
