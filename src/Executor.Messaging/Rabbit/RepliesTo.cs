namespace Executor.Messaging.Rabbit;

/// <summary>Answers go to the channel that has asked, by a name that the broker makes.</summary>
internal static class RepliesTo
{
    public const string Direct = "amq.rabbitmq.reply-to";

    /// <summary>Any other name is a queue, and a worker must not have us write into one.</summary>
    public static bool IsDirect(string? replyTo) =>
        replyTo is not null && replyTo.StartsWith(Direct + ".", StringComparison.Ordinal);
}
