namespace Executor.Integration.Tests.Api;

/// <summary>One server for all tests of a class that leave nothing behind.</summary>
public sealed class OneApi : IAsyncLifetime
{
    internal ApiUnderTest Api { get; private set; } = null!;

    public async Task InitializeAsync() => Api = await ApiUnderTest.StartAsync();

    public async Task DisposeAsync() => await Api.DisposeAsync();
}
