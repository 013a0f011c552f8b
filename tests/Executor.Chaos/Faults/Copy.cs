using RabbitMQ.Client;

namespace Executor.Chaos.Faults;

/// <summary>A message that is sent once more.</summary>
internal sealed record Copy(string Exchange, string Key, BasicProperties Properties, byte[] Body)
{
    private const string Mark = "x-copy";

    public static bool IsOne(IReadOnlyBasicProperties properties) => properties.Headers?.ContainsKey(Mark) == true;

    /// <param name="body">The client uses its memory again.</param>
    public static Copy Of(string exchange, string key, IReadOnlyBasicProperties properties, ReadOnlySpan<byte> body) => new(
        exchange, key,
        new BasicProperties(properties)
        {
            Headers = new Dictionary<string, object?>(properties.Headers ?? new Dictionary<string, object?>()) { [Mark] = true },
        },
        body.ToArray());

    public ValueTask SendAsync(IChannel channel, CancellationToken stop) =>
        channel.BasicPublishAsync(Exchange, Key, mandatory: false, Properties, Body, stop);
}
