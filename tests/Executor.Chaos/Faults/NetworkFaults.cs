using Executor.Chaos.Deployment;

namespace Executor.Chaos.Faults;

/// <summary>Cables that are cut, and mended after a while.</summary>
internal sealed class NetworkFaults(ClusterUnderTest cluster)
{
    private const int PercentLost = 10;
    private static readonly TimeSpan Flap = TimeSpan.FromSeconds(1);

    public async Task<Hit> BreakAsync(PlannedFault planned, CancellationToken stop)
    {
        var node = cluster.Nodes[planned.Target % cluster.Nodes.Count].Name;
        var worker = cluster.WorkerMachines[planned.Target % cluster.WorkerMachines.Count];
        var network = cluster.Network ?? throw new HarnessException($"{planned.Kind} needs a network: all is on loopback.");
        string[] struck = planned.Kind switch
        {
            FaultKind.NodesApart => [.. cluster.Nodes.Select(one => one.Name)],
            FaultKind.WorkerWithoutBroker => [worker],
            _ => [node],
        };
        try
        {
            await (planned.Kind switch
            {
                FaultKind.NodeUnplugged => network.UnplugAsync(node),
                FaultKind.NodePartitioned => network.CutAsync(node, "both", Others(node)),
                FaultKind.NodeDeaf => network.CutAsync(node, "in", Others(node)),
                FaultKind.NodesApart => Task.WhenAll(struck.Select(one => network.CutAsync(one, "both", Others(one)))),
                FaultKind.NodeFlapping => FlapAsync(network, node, planned.Length, stop),
                FaultKind.NodeLossy => network.LoseAsync(node, PercentLost),
                FaultKind.NodeWithoutDatabase => network.CutAsync(node, "both", [Network.Database]),
                FaultKind.NodeWithoutBroker => network.CutAsync(node, "both", [Network.Broker]),
                FaultKind.WorkerWithoutBroker => network.CutAsync(worker, "both", [Network.Broker]),
                _ => throw new ArgumentOutOfRangeException(nameof(planned), planned.Kind, "No fault of the network."),
            });
            var rest = planned.Kind == FaultKind.NodeFlapping ? TimeSpan.Zero : planned.Length;
            await Task.Delay(rest, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            await Task.WhenAll(struck.Select(network.HealAsync));
        }

        return new Hit(string.Join(", ", struck));
    }

    private async Task FlapAsync(Network network, string node, TimeSpan length, CancellationToken stop)
    {
        var until = DateTimeOffset.UtcNow + length;
        while (DateTimeOffset.UtcNow < until && !stop.IsCancellationRequested)
        {
            await network.CutAsync(node, "both", Others(node));
            await Task.Delay(Flap, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await network.HealAsync(node);
            await Task.Delay(Flap, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private IEnumerable<string> Others(string node) => cluster.Nodes.Select(one => one.Name).Where(name => name != node);
}
