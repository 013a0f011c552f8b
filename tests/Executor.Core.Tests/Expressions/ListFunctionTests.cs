using static Executor.Core.Tests.Expressions.Evaluating;

namespace Executor.Core.Tests.Expressions;

public class ListFunctionTests
{
    [Theory]
    [InlineData("length(a)", "3")]
    [InlineData("length(o)", "2")]
    [InlineData("index_of(a, 2.0)", "1")]
    [InlineData("index_of(a, 9)", "-1")]
    [InlineData("slice(a,1)", "[2,3]")]
    [InlineData("slice(a,0,2)", "[1,2]")]
    [InlineData("slice(a,-1)", "[3]")]
    [InlineData("slice(a,0,-1)", "[1,2]")]
    [InlineData("slice(a,5)", "[]")]
    [InlineData("slice(a,1,null)", "[2,3]")]
    [InlineData("slice(a,2,1)", "[]")]
    [InlineData("slice(a,-99,99)", "[1,2,3]")]
    [InlineData("slice(a,-9223372036854775808,9223372036854775807)", "[1,2,3]")]
    [InlineData("reversed(a)", "[3,2,1]")]
    [InlineData("sort([3,1.5,2])", "[1.5,2,3]")]
    [InlineData("sort([\"b\",\"a\"])", "[\"a\",\"b\"]")]
    [InlineData("sort([[2],[1,5],[1]])", "[[1],[1,5],[2]]")]
    [InlineData("sort([2,1.0,1,0])", "[0,1.0,1,2]")]
    [InlineData("unique([1,1.0,\"1\"])", "[1,\"1\"]")]
    [InlineData("flat([1,[2,[3]]])", "[1,2,[3]]")]
    [InlineData("flatten([[1],[],[2]])", "[1,2]")]
    [InlineData("zip([1,2],[\"a\"])", "[[1,\"a\"]]")]
    [InlineData("range(3)", "[0,1,2]")]
    [InlineData("range(2,5)", "[2,3,4]")]
    [InlineData("range(5,2)", "[]")]
    [InlineData("range(-1)", "[]")]
    [InlineData("count([1,1.0,2],1)", "2")]
    [InlineData("count(\"aXaX\",\"X\")", "2")]
    [InlineData("chunks([1,2,3],2)", "[[1,2],[3]]")]
    [InlineData("chunks([],2)", "[]")]
    [InlineData("chunks(a,9223372036854775807)", "[[1,2,3]]")]
    [InlineData("first(a)", "1")]
    [InlineData("last(a)", "3")]
    [InlineData("first([])", "null")]
    [InlineData("last([])", "null")]
    [InlineData("a | length", "3")]
    [InlineData("a | first", "1")]
    [InlineData("a | reversed | first", "3")]
    [InlineData("1 + a | length", "4")]
    [InlineData("(a | last) + 1", "4")]
    public void Lists_are_made_cut_and_ordered(string source, string json) => Gives(json, source);

    [Theory]
    [InlineData("length(z)", "expr.type")]
    [InlineData("length(1)", "expr.type")]
    [InlineData("sort([1,\"a\"])", "expr.type")]
    [InlineData("sort([null,null])", "expr.type")]
    [InlineData("range(1.5)", "expr.type")]
    [InlineData("range(1000000000000)", "expr.too-large")]
    [InlineData("range(-9223372036854775808, 9223372036854775807)", "expr.too-large")]
    [InlineData("chunks(a,0)", "expr.type")]
    [InlineData("chunks(a,-1)", "expr.type")]
    [InlineData("slice(1,0)", "expr.type")]
    [InlineData("slice(a,\"x\")", "expr.type")]
    [InlineData("slice(a,1.0)", "expr.type")]
    [InlineData("first(s)", "expr.type")]
    [InlineData("flatten(o)", "expr.type")]
    [InlineData("zip(a,1)", "expr.type")]
    public void What_is_no_list_or_too_long_is_refused(string source, string code) => Fails(code, source);

    [Theory]
    [InlineData("keys({\"b\":1,\"a\":2})", "[\"b\",\"a\"]")]
    [InlineData("values({\"b\":1,\"a\":2})", "[1,2]")]
    [InlineData("items({\"b\":1})", "[{\"key\":\"b\",\"value\":1}]")]
    [InlineData("merge({\"a\":1,\"b\":1},{\"b\":2,\"c\":3})", "{\"a\":1,\"b\":2,\"c\":3}")]
    [InlineData("merge({},{\"a\":1},{\"a\":2})", "{\"a\":2}")]
    [InlineData("get(o, \"k\")", "1")]
    [InlineData("get(o, \"nope\")", "null")]
    [InlineData("get(o, \"nope\", 7)", "7")]
    [InlineData("get(a, -1)", "3")]
    [InlineData("get(a, 9, 7)", "7")]
    [InlineData("get(z, \"k\", 7)", "7")]
    [InlineData("get(s, 1)", "\"é\"")]
    public void Maps_keep_the_order_in_which_they_were_written(string source, string json) => Gives(json, source);

    [Theory]
    [InlineData("keys(a)")]
    [InlineData("merge({}, [])")]
    [InlineData("get(1, 0)")]
    [InlineData("get(o, 1)")]
    [InlineData("map([1], \"x\")")]
    [InlineData("select([1], \"x\")")]
    public void What_is_no_map_is_refused(string source) => Fails("expr.type", source);

    [Theory]
    [InlineData("map(hosts, \"name\")", "[\"a\",\"b\",\"c\"]")]
    [InlineData("hosts | select(\"up\") | map(\"name\")", "[\"a\"]")]
    [InlineData("hosts | reject(\"up\") | map(\"name\")", "[\"b\",\"c\"]")]
    [InlineData("select(hosts, \"zone\", 2) | map(\"name\")", "[\"b\",\"c\"]")]
    [InlineData("reject(hosts, \"zone\", 2) | map(\"name\")", "[\"a\"]")]
    [InlineData("select(hosts, \"up\", null) | map(\"name\")", "[\"c\"]")]
    public void Lists_of_maps_are_taken_by_a_field(string source, string json) => Gives(
        json,
        source,
        new TestScope().With(
            "hosts",
            """[{"name":"a","zone":1,"up":true},{"name":"b","zone":2,"up":false},{"name":"c","zone":2.0}]"""));

    [Fact]
    public void A_field_that_an_element_lacks_is_an_error_of_map() =>
        Fails("expr.unknown-name", "map([{\"a\": 1}, {\"b\": 2}], \"a\")");

    [Fact]
    public void Sorting_keeps_equal_elements_in_their_order()
    {
        var items = Enumerable.Range(0, 1_000).Select(place => place % 2 == 0 ? "1" : "1.0");

        Gives($"[{string.Join(',', items)}]", $"sort([{string.Join(", ", items.Take(400))}] + rest)", new TestScope().With(
            "rest", $"[{string.Join(',', items.Skip(400))}]"));
    }
}
