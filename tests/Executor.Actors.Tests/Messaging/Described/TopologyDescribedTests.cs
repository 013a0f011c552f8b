using System.Globalization;
using System.Text.Json.Nodes;
using Executor.Actors.Tests.Servers;
using Executor.Messaging;
using Executor.Messaging.Amqp;

namespace Executor.Actors.Tests.Messaging.Described;

/// <summary>The described exchanges, queues, bindings and rights are those that are declared and given.</summary>
public sealed class TopologyDescribedTests
{
    private static readonly AmqpTopology Topology = new(new AmqpOptions());

    private static readonly IDeclaration[] Declared =
    [
        .. Topology.Common,
        .. Topology.Pool(Parameters.Pool),
        .. AmqpTopology.Workers($"executor.workers.{Parameters.Unique}"),
        .. AmqpTopology.Control(
            $"executor.control.{Parameters.Worker}.{Parameters.Unique}", Parameters.Worker, [Parameters.Pool]),
    ];

    /// <summary>Those that somebody declares.</summary>
    private static readonly JsonNode[] Queues =
    [
        .. AsyncApiFile.Channels.Select(channel => channel.Channel)
            .Where(channel => channel["x-arguments"] is not null),
    ];

    [Fact]
    public void Exchanges() => Same(
        Declared.OfType<ExchangeDeclaration>().Select(one => $"{one.Name} {one.Type} {one.Durable} {one.AutoDelete}"),
        AsyncApiFile.Channels.Select(channel => Amqp(channel.Channel)["exchange"]).OfType<JsonNode>()
            .Select(one => $"{one["name"]} {one["type"]} {Flag(one, "durable")} {Flag(one, "autoDelete")}").Distinct());

    [Fact]
    public void Queues_and_their_arguments() => Same(
        Declared.OfType<QueueDeclaration>().Select(one => QueueText(
            one.Name, one.Durable, one.Exclusive, one.AutoDelete, one.Arguments)),
        Queues.Select(channel => QueueText(
            Name(channel), Flag(Queue(channel), "durable"), Flag(Queue(channel), "exclusive"),
            Flag(Queue(channel), "autoDelete"),
            channel["x-arguments"]!.AsObject().Select(one => KeyValuePair.Create(one.Key, (object?)one.Value)))));

    [Fact]
    public void Bindings() => Same(
        Declared.OfType<BindingDeclaration>().Select(one => $"{one.Queue} < {one.Exchange} '{one.RoutingKey}'"),
        Queues.SelectMany(channel => channel["x-bound-to"]!.AsArray().Select(bound =>
            $"{Name(channel)} < {bound!["exchange"]} '{Parameters.Fill((string)bound["routingKey"]!)}'")));

    [Fact]
    public void A_channel_is_named_as_its_queue() => Assert.All(
        AsyncApiFile.Channels.Select(channel => channel.Channel).Where(channel => Amqp(channel)["queue"] is not null),
        channel => Assert.Equal((string)channel["address"]!, (string)Queue(channel)["name"]!));

    [Fact]
    public void The_rights_of_a_worker_are_those_of_the_deployment()
    {
        var rights = AsyncApiFile.Root["x-worker-rights"]!;
        var template = Path.Combine(Checkout.Root, "docker", "definitions.json.template");
        var deployed = JsonNode.Parse(File.ReadAllText(template))!;
        var (worker, topics) = (OfWorker(deployed["permissions"]!), OfWorker(deployed["topic_permissions"]!));

        Same(
            ["configure", "write", "read"],
            rights.AsObject().Select(right => right.Key).Where(right => right != "topics"));
        Assert.All(["configure", "write", "read"], right => Assert.Equal((string)worker[right]!, Of(rights[right]!)));
        Assert.All(
            ["exchange", "write", "read"],
            right => Assert.Equal((string)topics[right]!, Of(rights["topics"]![right]!)));
    }

    private static JsonNode OfWorker(JsonNode rights) =>
        rights.AsArray().Single(one => (string)one!["user"]! == "ex_worker_default")!;

    private static string Of(JsonNode right) => ((string)right!).Replace("{pool}", "default", StringComparison.Ordinal);

    private static JsonNode Amqp(JsonNode channel) => channel["bindings"]!["amqp"]!;

    private static JsonNode Queue(JsonNode channel) => Amqp(channel)["queue"]!;

    private static bool Flag(JsonNode node, string name) => (bool)node[name]!;

    private static string Name(JsonNode channel) => Parameters.Fill((string)Queue(channel)["name"]!)!;

    private static string QueueText(
        string name, bool durable, bool exclusive, bool autoDelete,
        IEnumerable<KeyValuePair<string, object?>> arguments) =>
        $"{name} {durable} {exclusive} {autoDelete} " + string.Join(", ", arguments
            .OrderBy(argument => argument.Key, StringComparer.Ordinal)
            .Select(argument => string.Create(CultureInfo.InvariantCulture, $"{argument.Key}={argument.Value}")));

    private static void Same(IEnumerable<string> declared, IEnumerable<string> described) =>
        Assert.Equal(declared.Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
}
