using System.Collections.Immutable;
using System.Diagnostics;
using Executor.Chaos.Checks;
using Executor.Chaos.Deployment;
using Executor.Chaos.Evidences;
using Executor.Chaos.Faults;
using Executor.Chaos.Ledgers;
using Executor.Chaos.Load;
using Executor.Chaos.Processes;
using Executor.Core.Runs;
using Npgsql;

namespace Executor.Chaos;

/// <summary>One campaign: start, load, storm, healing, rest, checks, verdict.</summary>
internal sealed class Campaign(Profile profile, int seed, string directory, Action<string> say)
{
    private const int Nodes = 3;

    /// <summary>For all that was accepted to end once nothing is wrong any more.</summary>
    private static readonly TimeSpan QuietPatience = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan SettlePatience = TimeSpan.FromMinutes(1);

    private readonly string _canary = $"EX-CANARY-{Guid.NewGuid():N}";

    /// <exception cref="HarnessException">The machine could not do its part.</exception>
    public async Task<Verdict> RunAsync(CancellationToken stop)
    {
        var clock = Stopwatch.StartNew();
        Tools.Require(profile.Kinds);
        await using var cluster = new ClusterUnderTest(directory, profile.HasNetwork ? new Network(directory) : null);
        say($"starting servers, three nodes and four workers {(profile.HasNetwork ? "in a network of their own" : "on loopback")}");
        await cluster.StartAsync(Nodes, stop);
        await using var database = new DatabaseReader(cluster.Servers.Database);
        using var client = new LoadClient(cluster.Nodes, cluster.Secrets.ApiKey);
        var sampler = new Sampler(database, client);
        var load = new LoadGenerator(
            client, new LoadPlan(seed, profile.PerSecond, profile.MostOpen, cluster.Ledger, _canary), () => sampler.OpenRuns);
        var nemesis = new Nemesis(cluster, say);
        await load.StoreAsync(stop);
        say($"all is up after {clock.Elapsed.TotalSeconds:0} s; load begins");

        using var calm = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var starting = load.RunAsync(calm.Token, stop);
        var sampling = sampler.RunAsync(() => Any(load.Offers), calm.Token, stop);
        await DeclaredAsync(cluster.Broker, stop);
        await Task.Delay(profile.WarmUp, stop);
        var judgedFrom = DateTimeOffset.UtcNow;
        await Task.Delay(profile.Baseline, stop);
        var warm = Resources(cluster);
        var notBack = await StormAsync(cluster, nemesis, calm, stop);
        await calm.CancelAsync();
        await Task.WhenAll(starting, sampling);

        say($"the storm is over: {nemesis.Done.Count} faults, {load.Offered} runs; waiting for rest");
        await Poison.TakeAgainAsync(cluster, stop);
        await QuietAsync(cluster, database, load, stop);
        var views = await ShowSomeAsync(client, load.Offers, stop);
        await Task.Delay(profile.Rest, stop);
        var evidence = await GatherAsync(cluster, database, stop) with
        {
            Offers = [.. load.Offers],
            Calls = [.. client.Calls.Where(call => call.At >= judgedFrom)],
            Faults = [.. nemesis.Done],
            NotBack = notBack is null ? [] : [notBack],
            Views = [.. sampler.Views, .. views],
            SeenEnded = sampler.SeenEnded,
            AfterWarmUp = warm,
            AtRest = profile.Rest > TimeSpan.Zero ? Resources(cluster) : [],
        };
        say("checking");
        return Verdict.Of(seed, profile, clock.Elapsed, load.PutOff, evidence, AllChecks.Run(evidence), problem: null);
    }

    /// <summary>
    /// A broker that is killed within a second of a queue's declaration keeps the name of the queue and loses the rest: no
    /// message to it is confirmed until somebody deletes it. Here queues are older before anything is broken.
    /// </summary>
    private static async Task DeclaredAsync(BrokerApi broker, CancellationToken stop)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(stop);
        late.CancelAfter(SettlePatience);
        using var looks = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (Pools.Queues.Except((await broker.QueuesAsync(late.Token)).Select(queue => queue.Name)).Any())
        {
            await looks.WaitForNextTickAsync(late.Token);
        }
    }

    /// <returns>Which node did not come back; null when all have.</returns>
    private async Task<string?> StormAsync(
        ClusterUnderTest cluster, Nemesis nemesis, CancellationTokenSource calm, CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(calm.Token);
        var plan = NemesisPlan.Draw(seed, profile);
        if (profile.Storm is { } length)
        {
            end.CancelAfter(length);
        }

        try
        {
            await Task.WhenAll(NemesisPlan.Lanes(plan, profile).Select(lane => nemesis.RunAsync(lane, end.Token, stop)));
            await cluster.AllReadyAsync(QuietPatience, stop);
            return null;
        }
        catch (NotBackException away)
        {
            say(away.Message);
            return away.Message;
        }
    }

    /// <summary>Until nothing is open; what is still open after the patience is the checks' to tell.</summary>
    private static async Task QuietAsync(
        ClusterUnderTest cluster, DatabaseReader database, LoadGenerator load, CancellationToken stop)
    {
        var patience = Stopwatch.StartNew();
        var accepted = load.Offers.SelectMany(offer => offer.Answers).Distinct().Count();
        while (patience.Elapsed < QuietPatience)
        {
            try
            {
                var open = await database.OpenAsync(stop);
                var queues = await cluster.Broker.QueuesAsync(stop);
                if (open.IsNothing && open.Runs >= accepted && queues.All(queue => queue.Ready + queue.Unsettled == 0))
                {
                    return;
                }
            }
            catch (Exception away) when (away is NpgsqlException or HttpRequestException)
            {
                // Just restarted; the next look finds it.
            }

            await Task.Delay(500, stop);
        }
    }

    private async Task<Evidence> GatherAsync(ClusterUnderTest cluster, DatabaseReader database, CancellationToken stop)
    {
        var leaks = LeakSearch.InFiles(cluster.Logs, [.. cluster.Secrets.All, _canary]).ToList();
        foreach (var secret in cluster.Secrets.All)
        {
            leaks.AddRange(await database.FindAsync(secret, stop));
        }

        return new Evidence
        {
            Journals = await database.JournalsAsync(stop),
            Guard = await database.GuardAsync(stop),
            Executions = await database.ExecutionsAsync(stop),
            Questions = await database.QuestionsAsync(stop),
            Runs = await database.RunsAsync(stop),
            Due = await database.DueAsync(stop),
            Audit = await database.AuditAsync(stop),
            Ledger = [.. LedgerFile.Read(cluster.Ledger)],
            Queues = await QueuesAsync(cluster, stop),
            WorkerLives = [.. cluster.Workers.SelectMany(worker => worker.Lives)],
            Leaks = [.. leaks],
        };
    }

    /// <summary>
    /// A worker that was frozen sends late what nobody awaits any more: that is settled in a moment, and the broker tells
    /// of it a few seconds later. Only what stays is left over.
    /// </summary>
    private static async Task<ImmutableArray<QueueDepth>> QueuesAsync(ClusterUnderTest cluster, CancellationToken stop)
    {
        var patience = Stopwatch.StartNew();
        while (true)
        {
            var queues = await cluster.Broker.QueuesAsync(stop);
            if (queues.All(queue => queue.Ready + queue.Unsettled == 0) || patience.Elapsed > SettlePatience)
            {
                return [.. queues];
            }

            await Task.Delay(500, stop);
        }
    }

    /// <summary>A twentieth of the runs, at least 20, as the API tells them when all has ended.</summary>
    private static async Task<IReadOnlyList<LiveView>> ShowSomeAsync(
        LoadClient client, IReadOnlyList<Offer> offers, CancellationToken stop)
    {
        var runs = offers.SelectMany(offer => offer.Answers).Distinct().ToArray();
        Random.Shared.Shuffle(runs);
        var views = new List<LiveView>();
        foreach (var run in runs.Take(Math.Max(20, runs.Length / 20)))
        {
            if (await client.ShowAsync(run, stop) is { } view)
            {
                views.Add(view);
            }
        }

        return views;
    }

    private static ImmutableArray<Resources> Resources(ClusterUnderTest cluster) =>
    [
        .. cluster.Nodes.Select(node => node.Process).Concat(cluster.Workers)
            .Select(process => ResourceReader.Read(process.Name, process.Id)),
    ];

    private static RunId? Any(IReadOnlyList<Offer> offers) =>
        offers.Count == 0 ? null : offers[Random.Shared.Next(offers.Count)].Answers.Cast<RunId?>().FirstOrDefault();
}
