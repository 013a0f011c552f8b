using System.Text;
using System.Text.Json;
using CsCheck;
using Executor.Core.Values;

namespace Executor.Core.Tests.Values;

public class ValueTests
{
    [Fact]
    public void Json_of_a_value_reads_back_as_the_value_and_its_number_types() =>
        AnyValue.Values.Sample(value =>
        {
            var read = ValueJson.Parse(value.ToString());

            Assert.True(value == read);
            Assert.Equal(value.ToString(), read.ToString());
        });

    [Fact]
    public void Both_writers_of_json_write_the_same_value() =>
        AnyValue.Values.Sample(value =>
            Assert.True(value == ValueJson.Parse(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(value)))));

    [Fact]
    public void Equal_values_have_equal_hashes() =>
        Gen.Select(AnyValue.Values, AnyValue.Values).Sample((left, right) =>
            Assert.True(!left.Equals(right) || left.GetHashCode() == right.GetHashCode()));

    [Fact]
    public void Equality_is_symmetric_and_everything_equals_itself() =>
        Gen.Select(AnyValue.Values, AnyValue.Values).Sample((left, right) =>
        {
            Assert.Equal(left.Equals(right), right.Equals(left));
            Assert.True(left == ValueJson.Parse(left.ToString()));
        });

    [Fact]
    public void The_order_of_keys_changes_neither_equality_nor_hash() =>
        AnyValue.Values.Where(value => value is Value.Map { Count: > 1 }).Sample(value =>
        {
            var map = (Value.Map)value;
            var turned = new Value.Map([.. map.Entries.Reverse()]);

            Assert.True(map == turned);
            Assert.Equal(map.GetHashCode(), turned.GetHashCode());
        });

    [Theory]
    [InlineData("9007199254740993", "9007199254740992.0", false)]
    [InlineData("9007199254740992", "9007199254740992.0", true)]
    [InlineData("9223372036854775807", "9223372036854775808.0", false)]
    [InlineData("-9223372036854775808", "-9223372036854775808.0", true)]
    [InlineData("0", "-0.0", true)]
    [InlineData("1", "true", false)]
    [InlineData("0", "null", false)]
    [InlineData("[]", "{}", false)]
    [InlineData("\"\"", "null", false)]
    public void Integers_and_floats_are_equal_only_exactly_and_kinds_never(string left, string right, bool equal)
    {
        Assert.Equal(equal, ValueJson.Parse(left) == ValueJson.Parse(right));
        Assert.True(!equal || ValueJson.Parse(left).GetHashCode() == ValueJson.Parse(right).GetHashCode());
    }

    [Theory]
    [InlineData("3.0", "3.0")]
    [InlineData("3", "3")]
    [InlineData("1e2", "100.0")]
    [InlineData("1E+300", "1E+300")]
    [InlineData("0.1", "0.1")]
    [InlineData("-0.0", "-0.0")]
    [InlineData("\"\\u00e9\\ud83d\\ude00\\u0001\\n\"", "\"é😀\\u0001\\n\"")]
    [InlineData(" { \"b\" : [ 1 , { } ] , \"a\" : null } ", "{\"b\":[1,{}],\"a\":null}")]
    public void Floats_show_that_they_are_floats_and_text_stands_as_it_is(string json, string written) =>
        Assert.Equal(written, ValueJson.Parse(json).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("1 2")]
    [InlineData("99999999999999999999")]
    [InlineData("1e999")]
    [InlineData("\"\\ud800\"")]
    [InlineData("{\"\\ud800\": 1}")]
    [InlineData("[1,]")]
    [InlineData("nan")]
    public void What_is_not_json_or_does_not_fit_is_refused(string json) =>
        Assert.ThrowsAny<JsonException>(() => ValueJson.Parse(json));

    [Fact]
    public void Half_a_surrogate_pair_is_written_as_a_replacement_character() =>
        Assert.Equal("\"a\uFFFDb\"", Value.Of("a\uD800b").ToString());

    [Fact]
    public void Weight_counts_shared_parts_as_often_as_they_appear()
    {
        var value = Value.Of("1234");
        for (var round = 0; round < 100; round++)
        {
            value = Value.Of([value, value]);
        }

        Assert.Equal(1L << 40, value.Weight);
        Assert.Equal(100, value.Depth);
        Assert.Equal(1 + 5 + 1, Value.Of([Value.Of("1234"), Value.Null]).Weight);
    }

    [Fact]
    public void Json_is_at_least_half_as_long_as_the_weight() =>
        AnyValue.Values.Sample(value => Assert.InRange(value.Weight, 1, (value.ToString().Length * 2) + 1));
}
