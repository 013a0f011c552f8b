using Executor.Messaging.Amqp;

namespace Executor.Messaging.Rabbit;

/// <summary>When a request was published, to the millisecond: the property of AMQP knows only seconds.</summary>
internal static class SentAt
{
    public const string Header = "x-sent-at";

    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <returns>Null when it does not say.</returns>
    public static DateTimeOffset? Of(IncomingMessage message) =>
        message.Properties.Headers?.TryGetValue(Header, out var sent) == true && sent is long since
        && since >= 0 && since <= Latest
            ? DateTimeOffset.FromUnixTimeMilliseconds(since)
            : null;
}
