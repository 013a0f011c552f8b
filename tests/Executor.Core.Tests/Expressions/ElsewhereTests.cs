using Executor.Core.Expressions;
using Executor.Core.Values;

namespace Executor.Core.Tests.Expressions;

/// <summary>Results that lie beside the journal: expressions see no difference, and fetch only what they look at.</summary>
public sealed class ElsewhereTests
{
    [Theory]
    [InlineData("big", 0)]
    [InlineData("[big, {'a': big}]", 0)]
    [InlineData("big == null", 0)]
    [InlineData("null != big", 0)]
    [InlineData("big is null", 0)]
    [InlineData("big is defined", 0)]
    [InlineData("not big", 0)]
    [InlineData("big and word", 0)]
    [InlineData("big if big else word", 0)]
    [InlineData("bool(big)", 0)]
    [InlineData("type_of(big)", 0)]
    [InlineData("default(big, 1)", 0)]
    [InlineData("default(missing, big)", 0)]
    [InlineData("default(missing, big.v)", 1)]
    [InlineData("big.v", 1)]
    [InlineData("big?.w", 1)]
    [InlineData("big['v']", 1)]
    [InlineData("big.w is defined", 1)]
    [InlineData("default(big.w, 7)", 1)]
    [InlineData("'v' in big", 1)]
    [InlineData("length(big)", 1)]
    [InlineData("keys(big)", 1)]
    [InlineData("big == big", 1)]
    [InlineData("big == {'v': 1, 'list': [1, 2]}", 1)]
    [InlineData("string(big)", 1)]
    [InlineData("big ~ ''", 1)]
    [InlineData("word ~ '!'", 1)]
    [InlineData("word[0]", 1)]
    [InlineData("-word", 1)]
    [InlineData("pairs", 0)]
    [InlineData("length(pairs)", 0)]
    [InlineData("first(pairs)", 0)]
    [InlineData("last(pairs)", 0)]
    [InlineData("pairs[0]", 0)]
    [InlineData("pairs[-1].v", 1)]
    [InlineData("pairs[0:1]", 0)]
    [InlineData("reversed(pairs)", 0)]
    [InlineData("chunks(pairs, 1)", 0)]
    [InlineData("zip(pairs, pairs)", 0)]
    [InlineData("pairs | map('v')", 2)]
    [InlineData("pairs | select('v', 2)", 2)]
    [InlineData("pairs | reject('v', 2) | first", 2)]
    [InlineData("pairs[0] in pairs", 2)]
    [InlineData("pairs == pairs", 2)]
    [InlineData("states | map('status')", 0)]
    [InlineData("states | select('status', 'failed') | length", 0)]
    [InlineData("states | map('result')", 0)]
    [InlineData("states[0].result.v", 1)]
    [InlineData("holder.a", 0)]
    [InlineData("holder.a.v", 1)]
    [InlineData("values(holder)", 0)]
    [InlineData("items(holder)", 0)]
    [InlineData("merge(holder, {'b': 1}).b", 0)]
    [InlineData("get(holder, 'a')", 0)]
    [InlineData("get(big, 'v')", 1)]
    public void Only_what_is_looked_at_is_fetched_and_all_of_it_at_once(string expression, int fetched)
    {
        var elsewhere = World();

        Assert.Equal(elsewhere.EvaluateWhole(expression), elsewhere.Evaluate(expression));
        Assert.Equal(fetched, elsewhere.Fetched);
        Assert.Equal(fetched > 0 ? 1 : 0, elsewhere.Rounds);
    }

    [Fact]
    public void Every_function_gives_the_same_whether_its_arguments_lie_elsewhere_or_not()
    {
        string[] arguments = ["big", "pairs", "word", "key", "all", "1"];
        var calls = Functions.Names.Where(name => name is not ("ctx" or "uuid" or "default")).SelectMany(
            name => Lists(arguments, 3).Where(list => Functions.Find(name)!.Takes(list.Length))
                .Select(list => $"{name}({string.Join(", ", list)})"));
        var compared = 0;
        foreach (var call in calls)
        {
            var elsewhere = World();
            Assert.Equal(elsewhere.EvaluateWhole(call), elsewhere.Evaluate(call));
            compared++;
        }

        Assert.True(compared > 2_000, $"{compared} calls");
    }

    [Fact]
    public void Every_operator_gives_the_same_whether_its_sides_lie_elsewhere_or_not()
    {
        string[] sides = ["big", "pairs", "word", "key", "all", "1", "null", "'v'"];
        string[] operators =
        [
            "==", "!=", "<", "<=", ">", ">=", "in", "not in", "~", "+", "-", "*", "/", "//", "%", "and", "or",
            "if true else", "if false else",
        ];
        foreach (var expression in operators.SelectMany(
            one => Lists(sides, 2).Where(list => list.Length == 2).Select(list => $"{list[0]} {one} {list[1]}")))
        {
            var elsewhere = World();
            Assert.Equal(elsewhere.EvaluateWhole(expression), elsewhere.Evaluate(expression));
        }
    }

    [Fact]
    public void A_template_is_rendered_whole_and_on_request_hands_on_what_it_does_not_look_at()
    {
        var elsewhere = new Elsewhere();
        var big = (Value.Stored)elsewhere.Of("""{"v":1}""");
        var template = Template.Map([KeyValuePair.Create("a", Template.Parse("{{ big }}", Position.Start))]);
        var scope = new TestScope().With("big", big);

        Assert.Equal(
            big.Result, Assert.Single(Assert.Throws<ContentMissingException>(() => template.Render(scope)).Results));
        Assert.Equal(big.Result, Assert.Single(StoredValues.In(template.RenderLazily(scope))));
        Assert.Equal(big.Result, Assert.Single(StoredValues.In(template.RenderOuter(scope))));
        Assert.Throws<ContentMissingException>(() => Template.Parse("{{ big }}", Position.Start).RenderOuter(scope));
        Assert.Throws<ContentMissingException>(() => Template.Parse("is {{ big }}", Position.Start).RenderLazily(scope));
        scope.WithContent(big.Result, ValueJson.Parse("""{"v":1}"""));
        Assert.Equal("""{"a":{"v":1}}""", ValueJson.Write(template.Render(scope)));
    }

    [Fact]
    public void What_is_too_heavy_to_be_looked_at_together_is_an_error_and_is_never_fetched()
    {
        var heavy = new Value.Stored(new StoredResult(new string('0', 64), 1 << 27, "array", 1 << 27, 1));
        var scope = new TestScope().With("all", Value.Of([heavy, heavy]));

        Assert.Equal("2", Expression.Parse("length(all)", Position.Start).Evaluate(scope).ToString());
        var error = Assert.Throws<ExpressionException>(
            () => Expression.Parse("all == [1]", Position.Start).Evaluate(scope)).Error;
        Assert.Equal("expr.too-large", error.Code);
    }

    [Fact]
    public void What_a_condition_saw_of_it_is_told_without_fetching_it()
    {
        var elsewhere = new Elsewhere();
        var big = (Value.Stored)elsewhere.Of("""{"v":1}""");
        var seen = Expression.Parse("big.v > 1 and big != null", Position.Start).See(new TestScope().With("big", big));

        Assert.Equal(["big.v", "big"], seen.Select(one => one.Path));
        Assert.All(seen, one => Assert.Equal(big, one.Value));
    }

    private static Elsewhere World()
    {
        var elsewhere = new Elsewhere();
        var (one, two) = (elsewhere.Of("""{"v":1,"status":"x"}"""), elsewhere.Of("""{"v":2,"status":"y"}"""));
        return elsewhere
            .With("big", elsewhere.Of("""{"v":1,"list":[1,2]}"""))
            .With("word", elsewhere.Of("\"abc\""))
            .With("key", elsewhere.Of("\"v\""))
            .With("all", elsewhere.Of("[[2,1],[1]]"))
            .With("pairs", Value.Of([one, two]))
            .With("holder", Value.Map.Empty.With("a", one))
            .With("states", Value.Of(
            [
                Value.Map.Empty.With("status", Value.Of("completed")).With("result", one),
                Value.Map.Empty.With("status", Value.Of("failed")).With("result", two),
            ]));
    }

    /// <summary>All lists of one to so many.</summary>
    private static IEnumerable<string[]> Lists(string[] choices, int most) => most == 0
        ? []
        : Lists(choices, most - 1).Concat(Longest(choices, most));

    private static IEnumerable<string[]> Longest(string[] choices, int length) => length == 0
        ? [[]]
        : Longest(choices, length - 1).SelectMany(list => choices.Select(choice => (string[])[.. list, choice]));
}
