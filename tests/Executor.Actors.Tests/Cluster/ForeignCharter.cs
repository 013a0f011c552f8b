using System.Collections.Concurrent;
using Executor.Actors.Tests.Fakes;
using Executor.Core;

namespace Executor.Actors.Tests.Cluster;

/// <summary>Somebody else's cluster stands in it, and is alive as long as the test says.</summary>
internal sealed class ForeignCharter : InMemoryCharter
{
    public const string Id = "foreign";
    private int _looks;

    private ForeignCharter()
    {
    }

    public bool IsAlive { get; set; } = true;

    /// <summary>Its members renew it once more, just before somebody would take its place.</summary>
    public bool IsFaster { get; set; }

    public int Looks => Volatile.Read(ref _looks);

    public ConcurrentQueue<string> Founded { get; } = new();

    public ConcurrentQueue<string> Renewed { get; } = new();

    public static async Task<ForeignCharter> OfAsync(string? alone)
    {
        var charter = new ForeignCharter();
        await charter.FoundAsync(Id, "", null, default);
        await charter.RenewAsync(Id, alone, default);
        charter.Founded.Clear();
        charter.Renewed.Clear();
        return charter;
    }

    /// <summary>Its members renew it between any two looks.</summary>
    public override async Task<Charter?> ReadAsync(CancellationToken stop)
    {
        Interlocked.Increment(ref _looks);
        var seen = await base.ReadAsync(stop);
        if (IsAlive)
        {
            await base.RenewAsync(Id, seen?.Alone, stop);
        }

        return seen;
    }

    public override async Task<bool> FoundAsync(string id, string alone, Charter? seen, CancellationToken stop)
    {
        Founded.Enqueue(id);
        if (IsFaster)
        {
            IsFaster = false;
            await base.RenewAsync(Id, null, stop);
        }

        return await base.FoundAsync(id, alone, seen, stop);
    }

    public override Task<bool> RenewAsync(string id, string? alone, CancellationToken stop)
    {
        Renewed.Enqueue(id);
        return base.RenewAsync(id, alone, stop);
    }
}
