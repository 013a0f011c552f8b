using Executor.Actors;

namespace Executor.Host.Serving;

/// <summary>An engine with its stores, running.</summary>
/// <param name="Secret">Of the installation; at least 32 bytes.</param>
/// <param name="Description">For people: where it keeps and runs things.</param>
/// <param name="Broker">How it stands with the broker; null where there is none.</param>
internal sealed record Server(
    ExecutorSystem Engine, Stores Stores, byte[] Secret, string Description, Func<BrokerLook>? Broker, Closing Closing)
    : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Closing.DisposeAsync();
}
