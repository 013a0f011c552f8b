using System.Diagnostics;
using System.Text;
using Executor.Core.Messages;
using Executor.Messaging.Amqp;
using RabbitMQ.Client;

namespace Executor.Messaging.Telemetry;

/// <summary>Spans of publishing, and the traceparent that goes with a message.</summary>
public static class BrokerTracing
{
    public const string Name = "Executor.Messaging";

    private const string Header = "traceparent";
    private static readonly ActivitySource Source = new(Name);

    /// <returns>Null while nobody listens, or where nothing is traced.</returns>
    internal static Activity? Publish(TaskRequest request)
    {
        if (request.Trace is null || !Source.HasListeners())
        {
            return null;
        }

        var span = Source.StartActivity("publish task", ActivityKind.Producer, TraceParent.Read(request.Trace));
        return span?.SetTag("messaging.system", "rabbitmq")
            .SetTag("messaging.destination.name", AmqpTopology.TaskQueue(request.Pool))
            .SetTag("messaging.message.id", request.Id.Text)
            .SetTag("executor.run", request.Run.Text);
    }

    internal static void Write(BasicProperties properties, string? trace)
    {
        if (trace is not null)
        {
            properties.Headers![Header] = trace;
        }
    }

    internal static string? Read(IncomingMessage message) =>
        message.Properties.Headers?.TryGetValue(Header, out var value) == true && value is byte[] text
            ? TraceParent.Checked(Encoding.ASCII.GetString(text))
            : null;
}
