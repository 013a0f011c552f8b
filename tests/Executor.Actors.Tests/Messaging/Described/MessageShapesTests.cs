using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Executor.Core.Messages;
using Executor.Core.Runs;
using Executor.Core.Tests.Messages;

namespace Executor.Actors.Tests.Messaging.Described;

/// <summary>The described bodies are those that the product writes and reads, member by member.</summary>
public sealed class MessageShapesTests
{
    private static readonly string[] Others = ["null", "\"\"", "\"x\"", "-1", "0.5", "true", "[]", "{}", "[1]"];

    private static readonly string[] Names =
    [
        .. typeof(WireTypes).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(name => (string)name.GetRawConstantValue()!),
    ];

    public static TheoryData<string> Types => new(Names);

    [Fact]
    public void Every_type_of_message_is_described_and_no_other() =>
        Assert.Equal(Names.Order(), AsyncApiFile.Types.Order());

    [Theory]
    [MemberData(nameof(Types))]
    public void What_is_written_is_valid(string type) =>
        Assert.True(AsyncApiFile.Accepts(SchemaOf(type), Written(type)));

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_member_that_is_written_is_described(string type) =>
        Assert.All(Place.In(Written(type), SchemaOf(type)), place => Assert.Empty(
            place.Value.Select(member => member.Key)
                .Except(place.Schema["properties"]!.AsObject().Select(member => member.Key))));

    [Theory]
    [MemberData(nameof(Types))]
    public void What_must_be_there_for_the_reader_is_required(string type) =>
        Assert.All(Place.In(Written(type), SchemaOf(type)), place => Assert.All(place.Value, member =>
        {
            var body = Written(type);
            place.Of(body).Remove(member.Key);

            Assert.Equal(AsyncApiFile.Accepts(SchemaOf(type), body), Problem(type, body) is null);
        }));

    [Theory]
    [MemberData(nameof(Types))]
    public void What_is_valid_is_read(string type)
    {
        var changes =
            from place in Place.In(Written(type), SchemaOf(type))
            from member in place.Value
            from other in Others
            select (place, member.Key, other);
        Assert.All(changes, change =>
        {
            var body = Written(type);
            change.place.Of(body)[change.Key] = JsonNode.Parse(change.other);

            // A schema cannot say that the id is that of the slot.
            var problem = Problem(type, body);
            Assert.True(
                problem is null || problem.Contains("has dispatch id") || !AsyncApiFile.Accepts(SchemaOf(type), body),
                problem);
        });
    }

    [Fact]
    public void Every_end_of_an_attempt_is_described_and_no_other_status() =>
        Assert.All(Enum.GetValues<SlotStatus>(), status =>
        {
            var body = Written(WireTypes.TaskResult);
            body["outcome"]!["status"] = JsonNamingPolicy.CamelCase.ConvertName($"{status}");

            Assert.Equal(
                Problem(WireTypes.TaskResult, body) is null,
                AsyncApiFile.Accepts(SchemaOf(WireTypes.TaskResult), body));
        });

    [Fact]
    public void Every_schema_is_used()
    {
        var used = References(AsyncApiFile.Root).ToHashSet();

        Assert.All(AsyncApiFile.Schemas, schema => Assert.Contains($"#/components/schemas/{schema.Key}", used));
    }

    [Fact]
    public void Every_reference_leads_somewhere() =>
        Assert.All(References(AsyncApiFile.Root), reference => Assert.NotNull(AsyncApiFile.Find(reference)));

    [Fact]
    public void The_limit_of_a_body_is_the_readers() =>
        Assert.Equal(WireJson.BodyLimit, (long)AsyncApiFile.Root["x-body-limit"]!);

    private static JsonNode SchemaOf(string type) => AsyncApiFile.Message(type)["payload"]!;

    private static JsonNode Written(string type) => JsonNode.Parse(WireSamples.All[type].Written)!;

    /// <summary>Why the product refuses to read it; null when it does not.</summary>
    private static string? Problem(string type, JsonNode body)
    {
        try
        {
            WireSamples.All[type].Again(Encoding.UTF8.GetBytes(body.ToJsonString()));
            return null;
        }
        catch (MalformedMessageException malformed)
        {
            return malformed.Message;
        }
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(member => member is { Key: "$ref", Value: JsonValue reference }
            ? [(string)reference!]
            : References(member.Value)),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };
}
