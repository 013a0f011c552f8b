using Executor.Core.Expressions;

namespace Executor.Core.Tests.Expressions;

public class ReferenceTests
{
    [Theory]
    [InlineData("n + vars.x", "n workflow.x")]
    [InlineData("tasks.fetch.data.y", "task.fetch")]
    [InlineData("ctx('x') ~ ctx().y ~ ctx()[n]", "workflow.x workflow.y workflow n")]
    [InlineData("workflow['a-b'] + workflow[n]", "workflow.a-b workflow n")]
    [InlineData("[item, {'k': index}, (p if q else r)]", "item index p q r")]
    [InlineData("a[b:c] in -d and not e", "a b c d e")]
    [InlineData("length(a | map(b))", "a b")]
    [InlineData("system.workflow_start", "system.started_at")]
    [InlineData("1 + 2", "")]
    public void Names_are_listed_in_their_one_spelling(string source, string names) =>
        Assert.Equal(names, string.Join(' ', Of(source).Names.Select(Text)));

    [Theory]
    [InlineData("missing | default(m)", "missing?")]
    [InlineData("default(o.x.y[i], m)", "o?")]
    [InlineData("vars.x.y is defined", "workflow.x?")]
    [InlineData("vars?.x", "workflow.x?")]
    [InlineData("default(length(a), 1)", "")]
    [InlineData("default(a + b, 1)", "")]
    public void Names_whose_absence_is_provided_for_are_marked(string source, string names) =>
        Assert.Equal(names, string.Join(' ', Of(source).Names.Where(name => name.MayBeMissing).Select(Text)));

    [Fact]
    public void Calls_are_listed_with_arguments_and_place()
    {
        var calls = Of("length(a) + (a | nope(1, 2)) ~ \"x\" | match(\"x\")").Calls;

        CallReference[] expected =
        [
            new("length", 1, new Position(1, 1)),
            new("nope", 3, new Position(1, 18)),
            new("match", 2, new Position(1, 38), new WrittenPattern("x", new Position(1, 44))),
        ];
        Assert.Equal(expected, calls);
    }

    [Fact]
    public void Names_know_their_place() =>
        Assert.Equal(new Position(2, 8), Expression.Parse("1 +\n  task.x", Position.Start).References.Names[0].At);

    private static References Of(string source) => Expression.Parse(source, Position.Start).References;

    private static string Text(NameReference name) =>
        name.Root + (name.Member is null ? "" : "." + name.Member) + (name.MayBeMissing ? "?" : "");
}
