using System.Text.Json;
using Executor.Core.Values;

namespace Executor.Core.Tests.Values;

/// <summary>References come back as references, and what only looks like one as what it is.</summary>
public sealed class ReferringJsonTests
{
    private static readonly StoredResult Result = new(new string('a', 64), 1_048_576, "object", 900_000, 3);

    private static readonly JsonSerializerOptions Referring = new() { Converters = { new ReferringJson() } };

    [Fact]
    public void A_reference_has_this_shape()
    {
        var value = new Value.Stored(Result);
        var json = $$$"""{"$stored":{"id":"{{{Result.Id}}}","bytes":1048576,"kind":"object","weight":900000,"depth":3}}""";

        Assert.Equal(json, JsonSerializer.Serialize<Value>(value, Referring));
        Assert.Equal(json, ValueJson.Write(value));
        Assert.Equal(json, JsonSerializer.Serialize<Value>(value));
    }

    [Fact]
    public void A_reference_comes_back_wherever_it_stands()
    {
        var value = new Value.Map(
        [
            KeyValuePair.Create<string, Value>("one", new Value.Stored(Result)),
            KeyValuePair.Create("more", Value.Of([Value.Of(1), new Value.Stored(Result with { Kind = "string", Depth = 0 })])),
        ]);

        var back = (Value.Map)There(value);

        Assert.Equal(value, back);
        Assert.Equal(Result, Assert.IsType<Value.Stored>(back.Entries[0].Value).Result);
        Assert.Equal("string", ((Value.List)back.Entries[1].Value)[1].Kind);
    }

    [Theory]
    [InlineData("""{"$stored":1}""")]
    [InlineData("""{"$stored":{"id":"x"}}""")]
    [InlineData("""{"$$stored":{}}""")]
    [InlineData("""{"$$$stored":null}""")]
    [InlineData("""{"a":{"$stored":{"$stored":[{"$stored":2}]}}}""")]
    [InlineData("""{"$stored":1,"other":2}""")]
    [InlineData("""{"stored":1}""")]
    [InlineData("""{"$":1}""")]
    [InlineData("{}")]
    public void What_only_looks_like_one_comes_back_as_it_was(string json)
    {
        var value = ValueJson.Parse(json);

        Assert.Equal(json, ValueJson.Write(There(value)));
    }

    [Fact]
    public void Nobody_outside_can_write_a_reference()
    {
        var forged = ValueJson.Parse(ValueJson.Write(new Value.Stored(Result)));

        Assert.IsType<Value.Map>(forged);
        Assert.False(forged.HasStored);
        Assert.IsType<Value.Map>(There(forged));
        Assert.Equal(forged, There(forged));
    }

    [Fact]
    public void An_object_of_a_journal_of_before_that_is_no_reference_is_read_as_it_stands()
    {
        const string Json = """{"$stored":{"id":"short","bytes":1,"kind":"object","weight":1,"depth":1}}""";

        Assert.Equal(Json, ValueJson.Write(JsonSerializer.Deserialize<Value>(Json, Referring)!));
    }

    [Fact]
    public void Values_know_whether_anything_in_them_lies_elsewhere_and_how_heavy_it_is()
    {
        var stored = new Value.Stored(Result);
        var list = new Value.List([stored, stored, Value.Of(1)]);

        Assert.True(list.HasStored);
        Assert.Equal(1_800_002, list.Weight);
        Assert.Equal(4, list.Depth);
        Assert.Equal([Result], StoredValues.In(list));
        Assert.Equal("[true,true,1]", ValueJson.Write(StoredValues.Whole(list, _ => Value.True)));
        Assert.False(ValueJson.Parse("""{"a":[1]}""").HasStored);
    }

    private static Value There(Value value) =>
        JsonSerializer.Deserialize<Value>(JsonSerializer.Serialize(value, Referring), Referring)!;
}
