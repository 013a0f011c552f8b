using Executor.Core.Expressions;
using Executor.Core.Tests.Workflows;
using Executor.Core.Workflows;
using static Executor.Core.Tests.Expressions.Evaluating;

namespace Executor.Core.Tests.Vectors;

/// <summary>Texts that are no expressions are found before any run, where they stand.</summary>
[Trait("vector", "1")]
public sealed class RefusedTextVectors
{
    private const string Before = "tasks: [{name: a, action: core.noop, input: {x: '{{ ";

    [Theory]
    [InlineData("a = 1", 3, "==")]
    [InlineData("!a", 1, "not")]
    [InlineData("a ? 1 : 2", 3, "x if c else y")]
    [InlineData("f(1,)", 5, "comma")]
    [InlineData("a.b()", 4, "b(x)")]
    [InlineData("1 +", 4, null)]
    [InlineData("(1", 1, "')'")]
    [InlineData("a[", 3, null)]
    [InlineData(".5", 1, "0.5")]
    [InlineData("", 2, null)]
    public void Check_says_where_and_what_to_write(string text, int column, string? hint)
    {
        var problem = Assert.Single(WorkflowCheck.Run($"{Before}{text} }}}}'}}}}]", "test").Problems);

        Assert.Equal(("expr.syntax", new Position(1, Before.Length + column)), (problem.Code, problem.At));
        Assert.Contains(hint ?? "", $"{problem.Message} {problem.Advice}");
        Assert.Contains(hint ?? "", $"{Fails("expr.syntax", text).Hint}");
    }

    [Fact]
    public void A_text_that_is_not_closed_leaves_the_template_open()
    {
        Assert.Equal(["template.unclosed 1:50"], Texts.Checked(Before + "\"open }}'}}]"));
        Fails("expr.syntax", "\"open");
        Assert.StartsWith(
            "expr.syntax 1:",
            Assert.Single(Texts.Checked("tasks: [{name: a, action: core.noop, next: [{when: '\"open', do: noop}]}]")));
    }

    [Fact]
    public void A_word_in_capitals_is_a_name_that_nothing_has() =>
        Assert.Equal([$"expr.unknown-name 1:{Before.Length + 1}"], Texts.Checked(Before + "TRUE }}'}}]"));
}
