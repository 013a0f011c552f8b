using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Akka.Actor;
using Akka.Event;
using Executor.Actors.Cluster;
using Executor.Actors.Configuration;
using Executor.Actors.Journal;
using Executor.Actors.Runs;
using Executor.Actors.Telemetry;
using Executor.Actors.Wire;
using Executor.Core;
using Executor.Core.Runs;
using Executor.Core.Runs.Reruns;
using Executor.Core.Values;
using Executor.Core.Workers;
using Executor.Core.Workflows;

namespace Executor.Actors;

/// <summary>One node of the executor: everything between the ports, running.</summary>
public sealed class ExecutorSystem : IAsyncDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);
    private readonly ActorsOptions _options;
    private readonly ActorsPorts _ports;
    private readonly ActorSystem _system;
    private readonly Rooms _rooms;
    private int _stopped;

    private ExecutorSystem(ActorsOptions options, ActorsPorts ports, ActorSystem system)
    {
        _options = options;
        _ports = ports;
        _system = system;
        _rooms = Rooms.Open(system, options, ports);
    }

    /// <summary>Its event stream carries <see cref="RunAdvanced"/> and <see cref="Dispatching.GuardConflict"/>.</summary>
    public ActorSystem System => _system;

    /// <summary>Of this node in its cluster: <c>joining</c>, <c>up</c>, <c>leaving</c>…; <c>none</c> without a cluster.</summary>
    public string MemberStatus => _options.Cluster is null ? "none" : ClusterRuns.StatusOf(_system);

    /// <summary>Of the runs that are started here.</summary>
    public RunLimits Limits => _options.Limits;

    /// <summary>Null without a cluster.</summary>
    public ClusterView? Cluster => _options.Cluster is null ? null : ClusterView.Of(_system);

    /// <summary>Workers that this node has heard of since it began, by name; those that are gone for up to an hour.</summary>
    public IReadOnlyList<WorkerSeen> Workers => _rooms.Workers.Seen;

    /// <summary>Completes when the system has stopped, whoever stopped it: a node that was removed stops by itself.</summary>
    public Task WhenStopped => _system.WhenTerminated;

    /// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">An option is outside its range.</exception>
    /// <exception cref="StorageException">The journal is unreachable or lacks its unique key.</exception>
    /// <exception cref="NotAdmittedException">The node does not become a member of a cluster.</exception>
    public static async Task<ExecutorSystem> StartAsync(
        ActorsOptions options, ActorsPorts ports, CancellationToken stop)
    {
        options.Check();
        if (options.Cluster is not null && ports.Charter is null)
        {
            throw new ArgumentException("A node of a cluster needs its charter.", nameof(ports));
        }

        var journal = JournalAccess.OptionsOf(options.JournalDatabase, options.Journal);
        var tables = JournalAccess.PrepareAsync(options.JournalDatabase, journal, stop);
        var system = ActorSystem.Create("executor", ActorsSetup.System(options, journal));
        try
        {
            await tables;
            var executor = new ExecutorSystem(options, ports, system);
            if (options.Cluster is { } cluster)
            {
                PoolWatch.Begin(system);
                // Others wait for the runs that it gets, so it can read journals before it gets any.
                await executor._rooms.WarmUpAsync(StopPatience, stop);
                await Membership.EnterAsync(system, cluster, ports.Charter!, stop);
            }

            await executor._rooms.BeginAsync(options, stop);
            return executor;
        }
        catch
        {
            await system.Terminate();
            throw;
        }
    }

    /// <summary>Repeating it with the same run, after whatever came in between, starts it once.</summary>
    /// <param name="origin">Of the run that it repeats; null when it is no rerun.</param>
    /// <returns>The refusal, where there is one.</returns>
    public async Task<Accepted> StartRunAsync(
        RunId run, WorkflowSpec workflow, Value.Map inputs, RunLimits limits, string? requestKey, CancellationToken stop,
        RerunOrigin? origin = null)
    {
        var now = _system.Scheduler.Now;
        var start = new RunCommand.Start(
            workflow, inputs, limits, requestKey, now, Origin: origin?.Run, Called: origin?.Called, Plan: origin?.Plan);
        if (origin is not null && _options.Cluster is not null && WireSerializer.TooLarge(_system, run, start) is { } refusal)
        {
            return new Accepted(refusal);
        }

        // Written before the run exists, so that there is no moment at which it could be forgotten. Whoever removes it
        // before the start has come makes the start wait for another.
        await _ports.DueTimes.StepAsync([new DueStep.Remind(run, now + _options.StaleAfter)], stop);
        await _ports.Catalog.StoreAsync(workflow.Hash, workflow.Ref, workflow.Source, stop);
        return await AskAsync<Accepted>(run, start, stop);
    }

    public Task<Accepted> CancelAsync(RunId run, string? reason, CancellationToken stop) =>
        AskAsync<Accepted>(run, new RunCommand.Cancel(reason, _system.Scheduler.Now), stop);

    /// <summary>What runs of it ends and is recorded; nothing new starts before it is resumed, here or in what it has called.</summary>
    public Task<Accepted> PauseAsync(RunId run, string? reason, CancellationToken stop) =>
        AskAsync<Accepted>(run, new RunCommand.Pause(reason, _system.Scheduler.Now), stop);

    /// <summary>A paused run goes on where it was.</summary>
    public Task<Accepted> ResumeAsync(RunId run, CancellationToken stop) =>
        AskAsync<Accepted>(run, new RunCommand.Resume(_system.Scheduler.Now), stop);

    /// <summary>The first valid answer counts. Repeating one that was accepted is refused as closed.</summary>
    /// <param name="slot">Of the question, from its row.</param>
    /// <param name="by">Null where nobody is known by name.</param>
    public Task<Accepted> AnswerAsync(RunId run, Slot slot, Value response, string? by, CancellationToken stop) =>
        AskAsync<Accepted>(run, new RunCommand.Answer(slot, response, by, _system.Scheduler.Now), stop);

    /// <summary>As <see cref="AnswerAsync"/>, once, with an answer that had to wait.</summary>
    /// <returns>Null when the run has not answered, or is not looked after here.</returns>
    public Task<Accepted?> TryAnswerAsync(
        RunId run, Slot slot, Value response, string? by, DateTimeOffset given, CancellationToken stop) =>
        RunQuestion.AskAsync<Accepted>(
            _rooms.Region, run, new RunCommand.Answer(slot, response, by, _system.Scheduler.Now, given), _options.Patience,
            stop);

    /// <summary>The run repeats whatever is open, and hears of attempts that have ended without its knowledge.</summary>
    /// <exception cref="StorageException">The guard is unreachable: such ends are told later.</exception>
    public async Task WakeAsync(RunId run, CancellationToken stop)
    {
        await AskAsync<Awake>(run, Wake.Up, stop);
        await _rooms.TellEndsAsync(run, stop);
    }

    /// <returns>With sequence 0 when there is no such run.</returns>
    public Task<RunReport> ReportAsync(RunId run, CancellationToken stop) =>
        AskAsync<RunReport>(run, AskReport.Now, stop);

    public async Task<RunState> StateAsync(RunId run, CancellationToken stop) =>
        (await AskAsync<RunIs>(run, AskState.Now, stop)).State;

    /// <summary>
    /// Says, now and whenever the run has stored something, how long its journal is; of several in a row only the last.
    /// Works across nodes. A hint: what has happened is read from the journal.
    /// </summary>
    public async IAsyncEnumerable<Advanced> FollowAsync(RunId run, [EnumeratorCancellation] CancellationToken stop)
    {
        var seen = Channel.CreateBounded<Advanced>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        var follower = _system.ActorOf(Made<RunFollower>.By(() => new RunFollower(run, _rooms.Region, seen.Writer)));
        try
        {
            await foreach (var advanced in seen.Reader.ReadAllAsync(stop))
            {
                yield return advanced;
            }
        }
        finally
        {
            _system.Stop(follower);
        }
    }

    /// <summary>The run as it is now, and after each entry from now on, until it has ended.</summary>
    /// <remarks>A reader that is slow misses states in between, never the last.</remarks>
    public async IAsyncEnumerable<RunAdvanced> WatchAsync(
        RunId run, [EnumeratorCancellation] CancellationToken stop)
    {
        var seen = Channel.CreateBounded<RunAdvanced>(
            new BoundedChannelOptions(1_000) { FullMode = BoundedChannelFullMode.DropOldest });
        var watcher = _system.ActorOf(Made<RunWatcher>.By(() => new RunWatcher(run, seen.Writer)));
        try
        {
            var now = await StateAsync(run, stop);
            yield return new RunAdvanced(now, now, []);
            var ended = now.HasEnded;
            while (!ended)
            {
                var next = await seen.Reader.ReadAsync(stop);
                ended = next.State.HasEnded;
                if (next.State.Entries > now.Entries)
                {
                    now = next.State;
                    yield return next;
                }
            }
        }
        finally
        {
            _system.Stop(watcher);
        }
    }

    public async Task<RunState> WhenEndedAsync(RunId run, CancellationToken stop)
    {
        await foreach (var seen in WatchAsync(run, stop))
        {
            if (seen.State.HasEnded)
            {
                return seen.State;
            }
        }

        throw new InvalidOperationException($"Run {run} was watched to its end, but has not ended.");
    }

    /// <summary>Completes when the rows of everything stored before are written.</summary>
    public Task FlushAsync() => _rooms.FlushAsync(StopPatience);

    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _stopped, 1) == 0)
        {
            await _rooms.CloseAsync(StopPatience);
            await _system.Terminate();
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    /// <summary>A run that is just failing, or coming back, loses a message: every command may be repeated.</summary>
    private async Task<T> AskAsync<T>(RunId run, object message, CancellationToken stop)
        where T : class
    {
        var trace = EngineTracing.Caller;
        while (true)
        {
            if (await RunQuestion.AskAsync<T>(_rooms.Region, run, message, _options.Patience, stop, trace) is { } answer)
            {
                return answer;
            }

            _system.Log.Info("Run {0} has not answered {1} yet", run, message.GetType().Name);
            stop.ThrowIfCancellationRequested();
            await Akka.Pattern.FutureTimeoutSupport.After(
                _options.RequeuePause, _system.Scheduler, () => Task.FromResult(true));
        }
    }
}
