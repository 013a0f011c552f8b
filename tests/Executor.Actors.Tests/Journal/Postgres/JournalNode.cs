using System.Diagnostics;
using Akka.Actor;
using Executor.Actors.Configuration;
using Executor.Actors.Journal;
using Executor.Actors.Runs;
using Executor.Core.Runs;
using Executor.Storage.Postgres;

namespace Executor.Actors.Tests.Journal.Postgres;

/// <summary>One node's actor system on a journal in PostgreSQL, with scribes that come back after a failure as runs do.</summary>
internal sealed class JournalNode : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan OneTry = TimeSpan.FromMilliseconds(400);
    private readonly ActorSystem _system;
    private readonly IActorRef _scribes;

    public JournalNode(PostgresOptions options)
    {
        var journal = Options(options);
        _system = ActorSystem.Create("executor", ActorsSetup.System(
            journal, JournalAccess.OptionsOf(journal.JournalDatabase, journal.Journal)));
        _scribes = _system.ActorOf(RunRegion.PropsOf(
            run => Made<Scribe>.By(() => new Scribe(run.Text)), _ => true,
            TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1)));
    }

    public static ActorsOptions Options(PostgresOptions options) => new()
    {
        Journal = options.JournalConnection,
        JournalDatabase = JournalDatabase.Postgres,
        ConfigurationFile = "postgres.conf",
        TokenKey = new byte[32],
        Node = "test",
        LogLevel = "OFF",
    };

    /// <summary>Once, with whatever comes of it.</summary>
    public void Tell(string scribe, string word) => _scribes.Tell(new ForRun(new RunId(scribe), new Scribe.Write(word)));

    /// <summary>Tells it until it is written.</summary>
    public async Task<TimeSpan> WriteAsync(string scribe, string word)
    {
        var clock = Stopwatch.StartNew();
        await AskAsync<Scribe.Written>(scribe, new Scribe.Write(word));
        return clock.Elapsed;
    }

    public async Task<IReadOnlyList<string>> ReadAsync(string scribe) =>
        (await AskAsync<Scribe.Words>(scribe, new Scribe.Read())).All;

    public async ValueTask DisposeAsync() => await _system.Terminate();

    private async Task<T> AskAsync<T>(string scribe, object message)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return await _scribes.Ask<T>(new ForRun(new RunId(scribe), message), OneTry);
            }
            catch (AskTimeoutException) when (clock.Elapsed < Patience)
            {
                continue;
            }
        }
    }
}
