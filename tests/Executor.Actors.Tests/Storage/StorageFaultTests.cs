using Executor.Actors.Tests.Contracts;
using Executor.Core;
using Executor.Storage;

namespace Executor.Actors.Tests.Storage;

/// <summary>The world's faults come out as one kind of exception with a sentence, and service goes on after them.</summary>
public sealed class StorageFaultTests
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public async Task A_full_disk_is_told_as_such_and_work_goes_on_when_there_is_space_again()
    {
        using var directory = new DataDirectory();
        await using var writer = directory.Writer();
        var executions = new ExecutionStore(writer, new Database(directory.File, directory.Time));
        await SetLimitAsync(writer, "PRAGMA max_page_count = 100");
        var large = Sample.ExecutionRow(0, error: new string('x', 2_000_000));

        var fault = await Assert.ThrowsAsync<StorageException>(
            () => executions.WriteAsync([Sample.RunRow("run-1")], [large], Never));

        Assert.StartsWith($"The disk that holds '{directory.File}' is full.", fault.Message, StringComparison.Ordinal);
        Assert.Null(await executions.RunAsync(Sample.Run, Never));
        await SetLimitAsync(writer, "PRAGMA max_page_count = 1000000");
        await executions.WriteAsync([Sample.RunRow("run-1")], [large], Never);
        Assert.Equal([large], await executions.ExecutionsAsync(Sample.Run, Never));
    }

    [Fact]
    public async Task A_process_that_holds_the_file_for_too_long_is_a_fault_and_repeating_is_safe()
    {
        using var directory = new DataDirectory();
        await using var writer = directory.Writer(busyMilliseconds: 1);
        var guard = new DispatchGuard(writer, new Database(directory.File, directory.Time));
        using (var other = directory.Connect())
        using (var held = other.BeginTransaction(deferred: false))
        {
            var fault = await Assert.ThrowsAsync<StorageException>(
                () => guard.ReserveAsync(Sample.Reservations(2), Never));
            Assert.StartsWith(
                $"'{directory.File}' is held by another process for too long.", fault.Message, StringComparison.Ordinal);
        }

        var again = await guard.ReserveAsync(Sample.Reservations(2), Never);

        Assert.All(again, reserved => Assert.Equal(ReservedState.Unsent, reserved.State));
    }

    [Fact]
    public async Task What_is_not_a_database_is_not_opened()
    {
        using var directory = new DataDirectory();
        await File.WriteAllTextAsync(directory.File, new string('x', 5000), Never);

        var fault = await Assert.ThrowsAsync<StorageException>(directory.OpenAsync);

        Assert.StartsWith(
            $"'{directory.File}' is damaged, or not a database.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_that_cannot_be_made_is_a_fault()
    {
        using var directory = new DataDirectory();
        await File.WriteAllTextAsync(directory.File, string.Empty, Never);

        await Assert.ThrowsAsync<StorageException>(() => SqliteStores.OpenAsync(Path.Combine(directory.File, "inner")));
    }

    private static Task<int> SetLimitAsync(Executor.Storage.Writing.SqliteWriter writer, string pragma) =>
        writer.RunAsync(session => session.Prepare(pragma).All(_ => 0).Count, Never);
}
