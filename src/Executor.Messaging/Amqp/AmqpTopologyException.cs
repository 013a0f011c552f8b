using System.Text.RegularExpressions;

namespace Executor.Messaging.Amqp;

/// <summary>A queue or exchange exists and is not what this version declares. Only a person can decide what to do.</summary>
public sealed partial class AmqpTopologyException : Exception
{
    public AmqpTopologyException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <param name="answer">
    /// The broker's: <c>PRECONDITION_FAILED - inequivalent arg 'ARG' for queue 'NAME' in vhost 'V': received R but current is C</c>.
    /// </param>
    internal static AmqpTopologyException Because(string answer, Exception cause)
    {
        var parts = Inequivalent().Match(answer);
        if (!parts.Success)
        {
            return new AmqpTopologyException($"The broker refuses a declaration: {answer}", cause);
        }

        var (what, name) = (parts.Groups["kind"].Value, parts.Groups["name"].Value);
        return new AmqpTopologyException(
            $"The {what} '{name}' has {parts.Groups["arg"].Value} = {parts.Groups["current"].Value}, and this version declares "
            + $"{parts.Groups["received"].Value}. What a {what} was made with cannot be changed: set the old value in the "
            + $"configuration again and change limits by a policy of the broker, or stop what publishes to it, let it run "
            + $"empty and delete it; it is made anew at the next start.",
            cause);
    }

    [GeneratedRegex(
        "inequivalent arg '(?<arg>[^']*)' for (?<kind>queue|exchange) '(?<name>[^']*)' in vhost '[^']*': "
        + "received (?<received>.*) but current is (?<current>.*)$")]
    private static partial Regex Inequivalent();
}
