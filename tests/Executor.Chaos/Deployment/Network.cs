using Executor.Chaos.Processes;

namespace Executor.Chaos.Deployment;

/// <summary>A network of the campaign's own: every machine is a namespace, with cables that can be cut.</summary>
internal sealed class Network(string directory)
{
    public const string Database = "database";
    public const string Broker = "broker";

    /// <summary>The machine that the campaign itself runs on.</summary>
    public const string Runner = "runner";

    private Dictionary<string, Machine> _machines = [];

    /// <summary>Making namespaces takes the rights of root.</summary>
    public static bool IsAllowed => Environment.IsPrivilegedProcess;

    public Machine this[string machine] => _machines[machine];

    /// <exception cref="HarnessException">The machine allows none, or lacks a program and cannot get it.</exception>
    public async Task StartAsync(IEnumerable<string> machines)
    {
        string[] names = [Database, Broker, .. machines];
        await Script.RunAsync(Places.NetworkScript, ["start", directory, $"{Environment.ProcessId}", .. names]);
        var told = File.ReadLines(Path.Combine(directory, "network.env")).Select(line => line.Split('='))
            .ToDictionary(parts => parts[0], parts => parts[1]);
        _machines = names.ToDictionary(name => name, name => new Machine(name, told[name], $"{told["PREFIX"]}-{name}"));
        _machines[Runner] = new Machine(Runner, told[Runner]);
    }

    /// <summary>Packets are dropped without a word, as by a cable, a switch or a firewall that is broken.</summary>
    /// <param name="way">What no longer goes between the machine and the others: <c>in</c>, <c>out</c> or <c>both</c>.</param>
    public Task CutAsync(string machine, string way, IEnumerable<string> others) =>
        Script.RunAsync(Places.NetworkScript, ["cut", directory, machine, way, .. others.Select(other => _machines[other].Address)]);

    /// <param name="percent">Of the packets that arrive.</param>
    public Task LoseAsync(string machine, int percent) => Script.RunAsync(Places.NetworkScript, ["lose", directory, machine, $"{percent}"]);

    /// <summary>From everything, the clients of its API included.</summary>
    public Task UnplugAsync(string machine) => Script.RunAsync(Places.NetworkScript, ["unplug", directory, machine]);

    public Task HealAsync(string machine) => Script.RunAsync(Places.NetworkScript, ["heal", directory, machine]);

    public Task StopAsync() => Script.RunAsync(Places.NetworkScript, ["stop", directory]);
}
