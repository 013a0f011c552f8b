using Executor.Core.Expressions;

namespace Executor.Core.Tests.Workflows;

public sealed class TransitionReadingTests
{
    [Theory]
    [InlineData("do: b")]
    [InlineData("do: b, fail")]
    [InlineData("do: [b, fail]")]
    [InlineData("do: [\"b, fail\", noop]")]
    public void Targets_are_a_name_or_names_between_commas_or_a_list(string line)
    {
        var transition = Assert.Single(Texts.Task($"next:\n  - {line}").Next);

        Assert.Equal(new[] { "b", "fail", "noop" }.Take(transition.Do.Length), transition.Do);
        Assert.Equal(transition.Do.Length, transition.DoAt.Length);
    }

    [Fact]
    public void Every_target_knows_its_place()
    {
        var transition = Assert.Single(Texts.Task("next:\n  - do: \"b,  noop\"").Next);

        Assert.Equal([new Position(5, 14), new Position(5, 18)], transition.DoAt.AsEnumerable());
        Assert.Equal(new Position(5, 9), transition.At);
    }

    [Fact]
    [Trait("lesson", "8.4")]
    public void Published_values_keep_their_type_and_a_bare_name_stands_for_the_whole_result()
    {
        var transition = Assert.Single(Texts.Task(
            "next: [{publish: [a: true, b: 42, c: [1], d: null, e: {f: '{{ 1 }}'}, whole]}]").Next);

        Assert.Equal(["a", "b", "c", "d", "e", "whole"], transition.Publish.Select(one => one.Name));
        Assert.Equal(
            "true 42 [1] null", string.Join(' ', transition.Publish.Take(4).Select(one => one.Template!.Literal)));
        Assert.Null(transition.Publish[4].Template!.Literal);
        Assert.Null(transition.Publish[5].Template);
    }

    [Theory]
    [InlineData("publish: {x: 1, y: 2}", "x y")]
    [InlineData("publish: x", "x")]
    [InlineData("publish: [x, y: 1]", "x y")]
    [InlineData("publish: [x: 1, x: 2]", "x x")]
    public void What_is_published_may_be_a_map_a_list_or_a_name(string line, string names) =>
        Assert.Equal(names, string.Join(' ', Texts.Task($"next: [{{{line}}}]").Next[0].Publish.Select(one => one.Name)));

    [Theory]
    [InlineData("next: b", "spec.type 4:11")]
    [InlineData("next: {do: b}", "spec.type 4:11")]
    [InlineData("next: [b]", "spec.type 4:12")]
    [InlineData("next: [{do: 5}]", "spec.type 4:17")]
    [InlineData("next: [{do: [b, {c: 1}]}]", "spec.type 4:21")]
    [InlineData("next: [{do: 'b, , c'}]", "spec.value 4:20")]
    [InlineData("next: [{do: 'b c'}]", "spec.value 4:18")]
    [InlineData("next: [{when: ''}]", "when.empty 4:20")]
    [InlineData("next: [{publish: 5}]", "spec.type 4:22")]
    [InlineData("next: [{publish: [{x: 1, y: 2}]}]", "spec.type 4:23")]
    [InlineData("next: [{publish: ['x y']}]", "spec.type 4:23")]
    [InlineData("next: [{publish: {x: '{{ 1 + }}'}}]", "expr.syntax 4:33")]
    [InlineData("next: [{goto: b}]", "spec.unknown-key 4:13")]
    public void A_wrong_transition_is_refused_where_it_stands(string line, string problem) =>
        Assert.Equal([problem], Texts.Problems(Texts.TaskText(line)));
}
