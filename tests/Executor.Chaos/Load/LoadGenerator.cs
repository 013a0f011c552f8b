using System.Collections.Concurrent;
using Executor.Chaos.Evidences;
using Executor.Core.Runs;

namespace Executor.Chaos.Load;

/// <summary>Starts runs at a constant rate, whatever becomes of the ones before; waits only when too many are open.</summary>
/// <param name="openRuns">How many have not ended.</param>
internal sealed class LoadGenerator(LoadClient client, LoadPlan plan, Func<int> openRuns)
{
    private readonly ConcurrentQueue<Offer> _offers = new();
    private readonly ConcurrentBag<Task> _asking = [];
    private readonly Respondents _people = new(client);
    private int _offered;

    /// <summary>Every start that was asked for and is decided.</summary>
    public IReadOnlyList<Offer> Offers => [.. _offers];

    public int Offered => Volatile.Read(ref _offered);

    /// <summary>How often an arrival was put off because too many runs were open.</summary>
    public int PutOff { get; private set; }

    public async Task StoreAsync(CancellationToken stop)
    {
        foreach (var workflow in Mix.Workflows)
        {
            await client.StoreAsync(Mix.Definition(workflow), stop);
        }
    }

    /// <param name="end">No more arrivals.</param>
    /// <param name="stop">Give up.</param>
    public async Task RunAsync(CancellationToken end, CancellationToken stop)
    {
        var dice = new Random(plan.Seed);
        var next = DateTimeOffset.UtcNow;
        while (!end.IsCancellationRequested)
        {
            next += TimeSpan.FromSeconds(1 / plan.PerSecond);
            var wait = next - DateTimeOffset.UtcNow;
            await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (end.IsCancellationRequested)
            {
                break;
            }

            if (openRuns() >= plan.MostOpen)
            {
                PutOff++;
                continue;
            }

            var workflow = Mix.Draw(dice);
            var key = $"{plan.Seed}-{Interlocked.Increment(ref _offered)}";
            var inputs = Mix.Inputs(workflow, dice, plan.Ledger, plan.Canary);
            _asking.Add(OfferAsync(key, workflow, inputs, Mix.CancelAfter(workflow, dice), Mix.Pause(workflow, dice), stop));
        }

        await Task.WhenAll(_asking);
    }

    private async Task OfferAsync(
        string key, string workflow, IReadOnlyDictionary<string, object> inputs, TimeSpan? cancelAfter,
        (TimeSpan After, TimeSpan Length)? pause, CancellationToken stop)
    {
        var at = DateTimeOffset.UtcNow;
        var reference = $"chaos.{workflow}";
        var (run, refusal) = await client.StartAsync(key, reference, inputs, stop);
        // One in twenty is asked again although it was answered: it must be the same run.
        var again = run is not null && Random.Shared.Next(20) == 0
            ? (await client.StartAsync(key, reference, inputs, stop)).Run
            : null;
        DateTimeOffset? cancelled = null;
        if (run is { } started && cancelAfter is { } wait)
        {
            await Task.Delay(wait, stop);
            cancelled = await client.CancelAsync(started, stop);
        }

        var isPaused = run is { } paused && pause is { } rest && await PauseAsync(paused, rest.After, rest.Length, stop);
        var answers = run is { } asks && workflow == "approve" ? await _people.AnswerAsync(asks, stop) : [];
        _offers.Enqueue(new Offer(key, reference, at, [.. new[] { run, again }.OfType<RunId>()], refusal, cancelled)
        {
            IsPaused = isPaused,
            Answered = answers,
        });
    }

    /// <returns>Whether the pause was accepted; then it was resumed as well, unless nobody answered for minutes.</returns>
    private async Task<bool> PauseAsync(RunId run, TimeSpan after, TimeSpan length, CancellationToken stop)
    {
        await Task.Delay(after, stop);
        var isPaused = await client.PauseAsync(run, stop);
        await Task.Delay(length, stop);
        await client.ResumeAsync(run, stop);
        return isPaused;
    }
}

/// <param name="PerSecond">Arrivals.</param>
/// <param name="MostOpen">Runs that may be open before arrivals are put off.</param>
internal sealed record LoadPlan(int Seed, double PerSecond, int MostOpen, string Ledger, string Canary);
