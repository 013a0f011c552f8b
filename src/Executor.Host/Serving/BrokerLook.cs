namespace Executor.Host.Serving;

/// <param name="SilentQueues">Those that answer nothing which is published to them, by name.</param>
internal sealed record BrokerLook(bool IsOpen, IReadOnlyList<string> SilentQueues);
