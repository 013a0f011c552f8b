using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Executor.Messaging.Amqp;
using Executor.Messaging.Rabbit;

namespace Executor.Messaging.Telemetry;

/// <summary>What passes between this process and its broker.</summary>
public static class BrokerMeter
{
    public const string Name = "Executor.Messaging";

    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Published = Meter.CreateCounter<long>(
        "executor.amqp.published", "{message}",
        "Messages published with confirms, by outcome: confirmed, unroutable, rejected, refused, unknown.");

    private static readonly Histogram<double> Confirm = Meter.CreateHistogram(
        "executor.amqp.confirm", "s", "From publishing a message to the broker's confirm.", null,
        new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
        });

    private static readonly Counter<long> Redelivered = Meter.CreateCounter<long>(
        "executor.amqp.redelivered", "{message}", "Messages that came more than once, as far as the broker tells.");

    private static readonly Counter<long> Foreigners = Meter.CreateCounter<long>(
        "executor.amqp.foreign", "{message}", "Messages of workers from a user of other pools, by type. None is handled.");

    private static readonly ConcurrentDictionary<Outbox, bool> Outboxes = new();

    private static long _used;
    private static long _size;

    static BrokerMeter()
    {
        Meter.CreateObservableUpDownCounter(
            "executor.amqp.window.used", () => Volatile.Read(ref _used), "{message}",
            "Messages published and not yet confirmed.");
        Meter.CreateObservableUpDownCounter(
            "executor.amqp.window.size", () => Volatile.Read(ref _size), "{message}",
            "How many may be, each queue its share: where all of it is in use, publishing to that queue waits.");
        Meter.CreateObservableGauge(
            "executor.amqp.silent", SilentNow, "{queue}", "Queues that answer nothing that is published to them, each as 1.");
    }

    internal static void Show(Outbox outbox) => Outboxes[outbox] = true;

    internal static void Hide(Outbox outbox) => Outboxes.TryRemove(outbox, out _);

    internal static void Opened(int window) => Interlocked.Add(ref _size, window);

    internal static void Closed(int window) => Interlocked.Add(ref _size, -window);

    /// <returns>The moment, for <see cref="Answered"/>.</returns>
    internal static long Sent()
    {
        Interlocked.Increment(ref _used);
        return Stopwatch.GetTimestamp();
    }

    internal static void Answered(PublishOutcome outcome, long sentAt)
    {
        Interlocked.Decrement(ref _used);
        Published.Add(1, new KeyValuePair<string, object?>("outcome", outcome.GetType().Name.ToLowerInvariant()));
        if (outcome is PublishOutcome.Confirmed)
        {
            Confirm.Record(Stopwatch.GetElapsedTime(sentAt).TotalSeconds);
        }
    }

    internal static void Foreign(IncomingMessage message) =>
        Foreigners.Add(1, new KeyValuePair<string, object?>("type", message.Properties.Type));

    internal static void Came(IncomingMessage message)
    {
        if (Redelivered.Enabled && message.Deliveries > 1)
        {
            Redelivered.Add(1);
        }
    }

    private static IEnumerable<Measurement<int>> SilentNow() => Outboxes.Keys
        .SelectMany(outbox => outbox.Silent).Distinct()
        .Select(queue => new Measurement<int>(1, new KeyValuePair<string, object?>("queue", queue)));
}
