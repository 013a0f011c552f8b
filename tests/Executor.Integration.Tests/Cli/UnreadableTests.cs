using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Executor.Host;
using Executor.Host.Local;

namespace Executor.Integration.Tests.Cli;

/// <summary>A data directory of somebody else's.</summary>
[UnsupportedOSPlatform("windows")]
public sealed partial class UnreadableTests : IDisposable
{
    private const int Nobody = 65_534;

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("closed")]
    [InlineData("closed/inner")]
    public void What_may_not_be_looked_into_is_not_taken_for_empty(string directory)
    {
        var closed = Directory.CreateDirectory(Path.Combine(_scratch.Folder, "closed", "inner")).Parent!;
        File.WriteAllText(Path.Combine(closed.FullName, "journal.db"), "");
        File.SetUnixFileMode(_scratch.Folder, Everything(UnixFileMode.OtherRead | UnixFileMode.OtherExecute));
        closed.UnixFileMode = UnixFileMode.None;

        var error = AsNobody(() => DataDirectory.Read(Path.Combine(_scratch.Folder, directory)).OpenAsync());

        closed.UnixFileMode = Everything(UnixFileMode.None);
        var unusable = Assert.IsType<Unusable>(error);
        Assert.Equal("data.unusable", unusable.Code);
        Assert.Contains("cannot be read", unusable.Message, StringComparison.Ordinal);
        Assert.Contains("closed", unusable.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_directory_and_none_are_still_told_apart()
    {
        var empty = await Assert.ThrowsAsync<Unusable>(() => DataDirectory.Read(_scratch.Folder).OpenAsync());
        var none = Assert.Throws<Unusable>(() => DataDirectory.Read(Path.Combine(_scratch.Folder, "none")));

        Assert.Contains("nothing has been run in", empty.Message, StringComparison.Ordinal);
        Assert.Contains("there is no data directory", none.Message, StringComparison.Ordinal);
    }

    private static UnixFileMode Everything(UnixFileMode others) =>
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | others;

    /// <summary>On a thread of its own, whose rights in the file system are no longer root's where it was root.</summary>
    private static Exception? AsNobody(Func<object> work)
    {
        Exception? error = null;
        var thread = new Thread(() =>
        {
            // Whoever is not root keeps its own rights, and the mode keeps it out.
            _ = SetFileUser(Nobody);
            error = Record.Exception(() => { work(); });
        });
        thread.Start();
        thread.Join();
        return error;
    }

    [LibraryImport("libc", EntryPoint = "setfsuid")]
    private static partial int SetFileUser(int user);
}
