using Executor.Core;
using Executor.Storage;
using Executor.Storage.Writing;
using Microsoft.Data.Sqlite;

namespace Executor.Actors.Tests.Storage;

public sealed class SqliteWriterTests
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public async Task Calls_that_wait_together_share_one_commit()
    {
        using var directory = new DataDirectory();
        await using var writer = directory.Writer();
        using var gate = new ManualResetEventSlim();
        var first = writer.RunAsync(_ => gate.Wait(TimeSpan.FromSeconds(60)), Never);

        var others = Enumerable.Range(0, 20).Select(n => InsertAsync(writer, $"h{n}")).ToArray();
        gate.Set();
        await Task.WhenAll([first, .. others]);

        Assert.InRange(writer.Commits, 1, 3);
        Assert.Equal(20, await CountAsync(writer));
    }

    [Fact]
    public void What_cannot_be_moved_into_the_main_file_when_it_is_closed_stays_beside_it()
    {
        using var directory = new DataDirectory();
        using var session = new WriteSession(new Database(directory.File, directory.Time).OpenWriter());
        using (var log = new FileStream(directory.File + "-wal", FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            log.SetLength(0);
        }

        var moving = Assert.Throws<SqliteException>(() => session.Prepare("PRAGMA wal_checkpoint(TRUNCATE)").All(_ => true));
        Assert.True(SqliteWriter.IsFault(moving));

        session.Checkpoint();
    }

    [Fact]
    public async Task A_call_is_answered_only_when_it_is_committed()
    {
        using var directory = new DataDirectory();
        await using var writer = directory.Writer();

        await InsertAsync(writer, "h1");

        using var other = directory.Connect();
        using var command = other.CreateCommand();
        command.CommandText = "SELECT count(*) FROM workflow";
        Assert.Equal(1L, command.ExecuteScalar());
    }

    [Fact]
    public async Task A_call_with_a_mistake_fails_alone_and_leaves_nothing()
    {
        using var directory = new DataDirectory();
        await using var writer = directory.Writer();
        using var gate = new ManualResetEventSlim();
        var first = writer.RunAsync(_ => gate.Wait(TimeSpan.FromSeconds(60)), Never);
        var good = InsertAsync(writer, "good");
        var twice = writer.RunAsync(session => Insert(session, "half") + Insert(session, "half"), Never);
        var broken = writer.RunAsync<int>(
            session => throw new FormatException($"after {Insert(session, "thrown")}"), Never);
        var last = InsertAsync(writer, "last");
        gate.Set();

        await Task.WhenAll(first, good, last);
        var mistake = await Assert.ThrowsAsync<InvalidOperationException>(() => twice);
        await Assert.ThrowsAsync<FormatException>(() => broken);

        Assert.Contains("UNIQUE constraint failed", mistake.Message, StringComparison.Ordinal);
        Assert.Equal(2, await CountAsync(writer));
    }

    [Fact]
    public async Task Work_runs_on_the_writers_own_thread_and_those_who_wait_go_on_elsewhere()
    {
        using var directory = new DataDirectory();
        await using var writer = directory.Writer();

        var name = await writer.RunAsync(_ => Thread.CurrentThread.Name, Never);

        Assert.Equal("sqlite-writer", name);
        Assert.NotEqual("sqlite-writer", Thread.CurrentThread.Name);
    }

    [Fact]
    public async Task A_call_that_is_stopped_while_it_waits_is_never_done()
    {
        using var directory = new DataDirectory();
        await using var writer = directory.Writer();
        using var gate = new ManualResetEventSlim();
        using var stop = new CancellationTokenSource();
        var first = writer.RunAsync(_ => gate.Wait(TimeSpan.FromSeconds(60)), Never);
        var second = writer.RunAsync(session => Insert(session, "h1"), stop.Token);
        await stop.CancelAsync();
        gate.Set();

        await first;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.Equal(0, await CountAsync(writer));
    }

    [Fact]
    public async Task Closing_finishes_what_was_called_and_refuses_what_comes_later()
    {
        using var directory = new DataDirectory();
        var writer = directory.Writer();
        var calls = Enumerable.Range(0, 50).Select(n => InsertAsync(writer, $"h{n}")).ToArray();

        await writer.DisposeAsync();

        await Task.WhenAll(calls);
        await Assert.ThrowsAsync<StorageException>(() => InsertAsync(writer, "late"));
        Assert.False(File.Exists(directory.File + "-wal"));
    }

    [Fact]
    public async Task A_connection_that_cannot_even_roll_back_fails_whoever_waits_and_whoever_comes()
    {
        using var directory = new DataDirectory();
        var writer = directory.Writer();
        using var gate = new ManualResetEventSlim();
        var breaking = writer.RunAsync<int>(
            session =>
            {
                gate.Wait(TimeSpan.FromSeconds(60));
                session.Dispose();
                throw new FormatException("The connection is gone.");
            },
            Never);
        var waiting = InsertAsync(writer, "waiting");
        gate.Set();

        var patience = TimeSpan.FromSeconds(60);
        var broken = await Record.ExceptionAsync(() => breaking.WaitAsync(patience));
        Assert.NotNull(broken);
        Assert.IsNotType<TimeoutException>(broken);
        await Assert.ThrowsAsync<StorageException>(() => waiting.WaitAsync(patience));
        var late = await Assert.ThrowsAsync<StorageException>(() => InsertAsync(writer, "late").WaitAsync(patience));
        Assert.Contains("can no longer be written", late.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StorageException>(() => writer.DisposeAsync().AsTask().WaitAsync(patience));
    }

    private static Task<int> InsertAsync(SqliteWriter writer, string hash) =>
        writer.RunAsync(session => Insert(session, hash), Never);

    private static int Insert(WriteSession session, string hash) => session
        .Prepare("INSERT INTO workflow (hash, reference, source, stored_at) VALUES (@hash, '', '', executor_now())")
        .Set("@hash", hash)
        .Execute();

    private static Task<int> CountAsync(SqliteWriter writer) => writer.RunAsync(
        session => session.Prepare("SELECT count(*) FROM workflow").One(row => row.GetInt32(0)), Never);
}
