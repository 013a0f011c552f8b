using System.Text;
using System.Text.Json.Nodes;
using Executor.Core.Messages;
using Executor.Core.Tests.Messages;
using Executor.Messaging;
using Executor.Messaging.Amqp;
using Executor.Messaging.Rabbit;
using RabbitMQ.Client;

namespace Executor.Actors.Tests.Messaging.Described;

/// <summary>The described properties, headers and ways are those of the messages that are sent.</summary>
public sealed class EnvelopeTests
{
    private const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private static readonly Letters Letters = new("ex_worker_default", TimeProvider.System);

    private static readonly Dictionary<string, OutgoingMessage> Sent = new()
    {
        [WireTypes.TaskRequest] = Letters.Request(
            WireSamples.Request with { Trace = Trace }, WireJson.Write(WireSamples.Request)),
        [WireTypes.TaskResult] = Letters.Result(
            WireSamples.Result with { Trace = Trace }, WireJson.Write(WireSamples.Result)),
        [WireTypes.TaskCancel] = Letters.Cancel(WireSamples.Cancel),
        [WireTypes.ClaimCalls] = Letters.Calls(WireSamples.Calls, "7", new AmqpOptions().AnswerPatience),
        [WireTypes.WorkerBeat] = Letters.Beat(WireSamples.Beat),
        [WireTypes.ClaimAnswers] = Letters.Answers(WireSamples.Answers, RepliesTo.Direct, "7"),
    };

    public static TheoryData<string> Types => MessageShapesTests.Types;

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_property_that_is_sent_is_described_and_no_other(string type)
    {
        var properties = Properties(Sent[type].Properties);
        var schema = AsyncApiFile.Message(type)["x-properties"]!;

        Assert.Equal(Names(schema["properties"]), properties.Select(property => property.Key).Order());
        Assert.True(AsyncApiFile.Accepts(schema, properties), properties.ToJsonString());
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_header_that_is_sent_is_described_and_no_other(string type)
    {
        var headers = new JsonObject(Sent[type].Properties.Headers!.Select(
            header => KeyValuePair.Create(header.Key, Node(header.Value))));
        var schema = AsyncApiFile.Resolve(AsyncApiFile.Message(type)["headers"]!);

        Assert.Equal(Names(schema["properties"]), headers.Select(header => header.Key).Order());
        Assert.True(AsyncApiFile.Accepts(schema, headers), headers.ToJsonString());
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_message_goes_where_the_description_says(string type)
    {
        var message = Sent[type];
        var ways = AsyncApiFile.Channels.Select(channel => channel.Channel)
            .Where(channel => Names(channel["messages"]).Contains(AsyncApiFile.KeyOf(type)))
            .Select(channel => (Exchange(channel), Parameters.Fill((string?)channel["address"]) ?? ""));

        Assert.Contains((message.Exchange!, message.RoutingKey), ways);
    }

    [Theory]
    [InlineData(WireTypes.ClaimCalls, "claim")]
    [InlineData(WireTypes.TaskResult, "report")]
    [InlineData(WireTypes.WorkerBeat, "beat")]
    public void What_a_worker_sends_is_as_mandatory_lasting_and_patient_as_described(string type, string operation)
    {
        var binding = AsyncApiFile.Root["operations"]![operation]!["bindings"]!["amqp"]!;

        Assert.Equal((bool)binding["mandatory"]!, Sent[type].Mandatory);
        Assert.Equal((long)binding["deliveryMode"]!, (long)Sent[type].Properties.DeliveryMode);
        Assert.Equal(binding["expiration"]?.ToString(), Sent[type].Properties.Expiration);
    }

    /// <summary>Null is no exchange: straight into a queue.</summary>
    private static string Exchange(JsonNode channel) =>
        (string?)channel["bindings"]!["amqp"]!["exchange"]?["name"] ?? "";

    private static string[] Names(JsonNode? map) =>
        map is null ? [] : [.. map.AsObject().Select(member => member.Key).Order()];

    private static JsonObject Properties(BasicProperties sent)
    {
        var all = new (string Name, bool IsThere, JsonNode? Value)[]
        {
            ("content_type", sent.IsContentTypePresent(), sent.ContentType),
            ("content_encoding", sent.IsContentEncodingPresent(), sent.ContentEncoding),
            ("delivery_mode", sent.IsDeliveryModePresent(), (int)sent.DeliveryMode),
            ("priority", sent.IsPriorityPresent(), sent.Priority),
            ("correlation_id", sent.IsCorrelationIdPresent(), sent.CorrelationId),
            ("reply_to", sent.IsReplyToPresent(), sent.ReplyTo),
            ("expiration", sent.IsExpirationPresent(), sent.Expiration),
            ("message_id", sent.IsMessageIdPresent(), sent.MessageId),
            ("timestamp", sent.IsTimestampPresent(), sent.Timestamp.UnixTime),
            ("type", sent.IsTypePresent(), sent.Type),
            ("user_id", sent.IsUserIdPresent(), sent.UserId),
            ("app_id", sent.IsAppIdPresent(), sent.AppId),
            ("cluster_id", sent.IsClusterIdPresent(), sent.ClusterId),
        };
        return new JsonObject(all.Where(one => one.IsThere).Select(one => KeyValuePair.Create(one.Name, one.Value)));
    }

    private static JsonNode? Node(object? value) => value switch
    {
        int number => number,
        long number => number,
        byte[] text => Encoding.UTF8.GetString(text),
        _ => $"{value}",
    };
}
