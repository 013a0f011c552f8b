using System.Text;
using Executor.Core.Runs;
using Executor.Core.Tests.Simulation.Engine;
using Executor.Core.Values;

namespace Executor.Core.Tests.Runs;

/// <summary>Which results are too large for the journal, and how they are kept beside it.</summary>
public sealed class LargeResultTests
{
    [Fact]
    public void A_result_is_large_exactly_when_its_JSON_is_longer_than_the_limit()
    {
        var dice = new Dice(7);
        for (var count = 0; count < 2_000; count++)
        {
            var value = Any(dice, 4);
            var length = Encoding.UTF8.GetByteCount(ValueJson.Write(value));
            var canBe = value is Value.Text or Value.List or Value.Map && value.IsTruthy;

            Assert.Equal(canBe, LargeResult.Is(value, length - 1));
            Assert.False(LargeResult.Is(value, length));
        }
    }

    [Theory]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("12345678")]
    [InlineData("1.5")]
    [InlineData("\"\"")]
    [InlineData("[]")]
    [InlineData("{}")]
    public void Scalars_and_what_is_empty_stand_in_the_journal_whatever_the_limit(string json) =>
        Assert.False(LargeResult.Is(ValueJson.Parse(json), 1));

    [Fact]
    public void What_is_nested_too_deep_to_be_read_again_stands_in_the_journal()
    {
        var deep = Enumerable.Range(0, 500).Aggregate(Value.Of("x"), (inner, _) => new Value.List([inner]));

        var (reference, json) = LargeResult.Write(deep)!.Value;

        Assert.Equal(deep, LargeResult.Read(reference.Id, json));
        Assert.Null(LargeResult.Write(new Value.List([deep])));
    }

    [Fact]
    public void What_was_written_is_read_and_the_same_content_has_the_same_id()
    {
        var dice = new Dice(11);
        for (var count = 0; count < 500; count++)
        {
            var value = Value.Of([Any(dice, 4), Value.Of("ü\u0001\"\\\ud83d\ude00")]);
            var (stored, json) = LargeResult.Write(value)!.Value;

            Assert.Equal(ValueJson.Write(value), ValueJson.Write(LargeResult.Read(stored.Id, json)));
            Assert.Equal(stored, LargeResult.Write(ValueJson.Parse(ValueJson.Write(value)))!.Value.Reference);
            Assert.Equal(
                (value.Kind, value.Weight, value.Depth, (long)json.Length),
                (stored.Kind, stored.Weight, stored.Depth, stored.Bytes));
            Assert.True(StoredResult.IsId(stored.Id));
        }
    }

    [Fact]
    public void It_is_kept_as_expressions_see_it()
    {
        var (stored, json) = LargeResult.Write(ValueJson.Parse("""{"stdout":"{\"v\":1}"}"""))!.Value;

        Assert.Equal("1", ((Value.Map)LargeResult.Read(stored.Id, json)).Entries.Single(one => one.Key == "v").Value.ToString());
    }

    [Fact]
    public void What_is_not_what_was_stored_is_not_taken_for_it()
    {
        var (stored, json) = LargeResult.Write(ValueJson.Parse("[1,2,3]"))!.Value;
        var damaged = json.ToArray();
        damaged[1]++;

        Assert.Throws<InvalidDataException>(() => LargeResult.Read(stored.Id, damaged));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ab")]
    [InlineData("../../../etc/passwd")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Nothing_else_is_an_id(string text) => Assert.False(StoredResult.IsId(text));

    private static Value Any(Dice dice, int depth) => dice.Below(depth > 0 ? 8 : 6) switch
    {
        0 => Value.Null,
        1 => Value.Of(dice.OneIn(2)),
        2 => Value.Of((long)(dice.Next() >> 1)),
        3 => Value.Of(dice.Below(1_000_000) / 7.0),
        4 or 5 => Value.Of(new string('x', dice.Below(200)) + (dice.OneIn(3) ? "äß€" : "")),
        6 => Value.Of(Enumerable.Range(0, dice.Below(6)).Select(_ => Any(dice, depth - 1))),
        _ => Value.Map.From(Enumerable.Range(0, dice.Below(6)).Select(
            place => KeyValuePair.Create($"key{place}é", Any(dice, depth - 1)))),
    };
}
