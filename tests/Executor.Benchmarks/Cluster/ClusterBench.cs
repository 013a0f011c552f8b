using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Npgsql;

namespace Executor.Benchmarks.Cluster;

/// <summary>
/// A node and a worker as processes, with PostgreSQL and RabbitMQ, all on this machine and started for this: what they do in
/// a second, what it costs, and what the two servers could do by themselves.
/// </summary>
internal static class ClusterBench
{
    private const int Parallelism = 200;
    private const int Statements = 12;

    // Sessions of the database and channels of the broker report their counts every few seconds only.
    private static readonly TimeSpan CountsSettle = TimeSpan.FromSeconds(11);

    /// <param name="tasks">Of each scenario, about.</param>
    public static async Task<int> RunAsync(int tasks)
    {
        var directory = Directory.CreateTempSubdirectory("executor-bench-").FullName;
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            await using var installation = await Installation.StartAsync(directory, Parallelism, stop.Token);
            await using var database = NpgsqlDataSource.Create(installation.Servers.Database);
            await PrintLimitsAsync(installation, database);
            using var load = new Load(installation.Api, installation.Keys, database);
            await load.RunAsync(Scenario.OfItems(8), 16, stop.Token);
            foreach (var (scenario, runs) in Plan(tasks))
            {
                await load.RunAsync(scenario, Math.Min(runs, scenario.InFlight), stop.Token);
                var measured = await MeasureAsync(installation, database, load, scenario, runs, stop.Token);
                Console.WriteLine($"\nmachine: {await File.ReadAllTextAsync("/proc/loadavg", stop.Token)}{string.Join('\n', measured.Lines())}");
            }

            return 0;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 130;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }
    }

    private static IEnumerable<(Scenario Scenario, int Runs)> Plan(int tasks)
    {
        foreach (var scenario in new[] { Scenario.OfItems(32), Scenario.OfSteps(256) })
        {
            yield return (scenario, Math.Max(tasks / scenario.Tasks, scenario.InFlight));
        }

        var alone = Scenario.OfSteps(1);
        yield return (alone, Math.Max(tasks / 50 / alone.Tasks, 1));
    }

    private static async Task PrintLimitsAsync(Installation installation, NpgsqlDataSource database)
    {
        foreach (var (clients, rows) in new[] { (8, 1), (4, 100) })
        {
            var rate = await PostgresLimit.RowsPerSecondAsync(database, clients, rows);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"PostgreSQL alone, {clients} clients, {rows} rows a commit: {rate:N0} rows/s"));
        }

        var messages = await BrokerLimit.MessagesPerSecondAsync(installation.Servers.Broker);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"RabbitMQ alone, quorum queue, 1 KiB, 200 unconfirmed, published to acknowledged: {messages:N0} messages/s"));
    }

    private static async Task<Measured> MeasureAsync(
        Installation installation, NpgsqlDataSource database, Load load, Scenario scenario, int runs, CancellationToken stop)
    {
        using var broker = new BrokerCounts(installation.Servers.Management);
        await Task.Delay(CountsSettle, stop);
        await DatabaseCounts.ForgetStatementsAsync(database);
        var (commits, flushes) = (await DatabaseCounts.CommitsAsync(database), await DatabaseCounts.FlushesAsync(database));
        var (messages, questions) = (await broker.PublishedAsync(stop), load.Questions);
        var processors = Processors(installation);
        var clock = Stopwatch.StartNew();
        var ids = await load.RunAsync(scenario, runs, stop);
        var seconds = clock.Elapsed.TotalSeconds;
        var used = Processors(installation).Zip(processors, (after, before) => (after.Name, after.Spent - before.Spent));
        var statements = await DatabaseCounts.StatementsAsync(database, Statements);
        await Task.Delay(CountsSettle, stop);
        return new Measured(
            scenario, runs, seconds, [.. used],
            await DatabaseCounts.CommitsAsync(database) - commits - (load.Questions - questions),
            await DatabaseCounts.FlushesAsync(database) - flushes,
            await broker.PublishedAsync(stop) - messages,
            await Latencies.ReadAsync(database, ids), statements);
    }

    private static (string Name, double Spent)[] Processors(Installation installation) =>
    [
        ("node", ProcessorTime.Of(installation.Node)),
        ("worker", ProcessorTime.Of(installation.Worker)),
        ("PostgreSQL", ProcessorTime.OfFamily(installation.Servers.DatabaseProcess)),
        ("RabbitMQ", ProcessorTime.Of(installation.Servers.BrokerProcess)),
        ("this program", ProcessorTime.Of(Environment.ProcessId)),
    ];
}
