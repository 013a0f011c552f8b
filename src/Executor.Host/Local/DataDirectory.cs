using System.Globalization;
using Executor.Storage;

namespace Executor.Host.Local;

/// <summary>Where one machine keeps its runs. One process at a time may run them; anyone may read.</summary>
internal sealed class DataDirectory : IDisposable
{
    /// <summary>What the lock answers when somebody has it: EWOULDBLOCK of Linux and macOS, a sharing violation.</summary>
    private static readonly int[] HeldByOther = [11, 35, unchecked((int)0x80070020)];

    private const string InUse = "data.in-use";

    private readonly FileStream? _lock;

    private DataDirectory(string path, FileStream? held)
    {
        Path = path;
        _lock = held;
    }

    /// <summary>Absolute.</summary>
    public string Path { get; }

    /// <summary>Makes it if need be and holds it until disposed of, or until this process is gone, however it ends.</summary>
    /// <exception cref="Unusable">Another process holds it, or it cannot be written.</exception>
    public static DataDirectory Hold(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            Make(full);
            return new DataDirectory(full, Lock(System.IO.Path.Combine(full, "lock")));
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or IOException)
        {
            throw new Unusable(
                "data.unusable", $"the data directory {full} cannot be used: {fault.Message}",
                "name a directory that you may write, with --data DIR");
        }
    }

    /// <summary>For reading, whoever holds it.</summary>
    /// <exception cref="Unusable">There is none, or this user may not see whether there is one.</exception>
    public static DataDirectory Read(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        return AttributesOf(full)?.HasFlag(FileAttributes.Directory) is true
            ? new DataDirectory(full, held: null)
            : throw new Unusable(
                "data.none", $"there is no data directory {full}",
                "start a run first, or name the directory with --data DIR");
    }

    /// <summary>Whether another process runs workflows in it at this moment.</summary>
    public bool IsHeld()
    {
        try
        {
            using var held = Lock(System.IO.Path.Combine(Path, "lock"));
            return false;
        }
        catch (Unusable other) when (other.Code == InUse)
        {
            return true;
        }
    }

    /// <exception cref="Unusable">Nothing has ever been run in it, or this user may not look into it.</exception>
    public Task<SqliteStores> OpenAsync() =>
        AttributesOf(SqliteStores.JournalFile(Path))?.HasFlag(FileAttributes.Directory) is false
        ? SqliteStores.OpenAsync(Path)
        : throw new Unusable(
            "data.none", $"nothing has been run in {Path}", "start a run first, or name the directory with --data DIR");

    public void Dispose() => _lock?.Dispose();

    /// <returns>Null when there is no such file; what merely cannot be seen is not taken for missing.</returns>
    private static FileAttributes? AttributesOf(string path)
    {
        try
        {
            return File.GetAttributes(path);
        }
        catch (Exception none) when (none is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or IOException)
        {
            throw new Unusable(
                "data.unusable", $"the data directory cannot be read: {fault.Message}",
                "read it as the user whose runs they are, or name another directory with --data DIR");
        }
    }

    /// <summary>Inputs and results of runs lie in it: nobody's business but the owner's.</summary>
    private static void Make(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(
                path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>The system releases the lock with the process, so a killed one leaves nothing to clean up.</summary>
    private static FileStream Lock(string file)
    {
        try
        {
            var held = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            // In a file of its own: a locked file cannot even be read by others.
            File.WriteAllText(HolderFile(file), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return held;
        }
        catch (IOException fault) when (HeldByOther.Contains(fault.HResult))
        {
            throw new Unusable(
                InUse, $"another process{Holder(file)} runs workflows in {System.IO.Path.GetDirectoryName(file)}",
                "wait for it to end, or use another directory with --data DIR");
        }
    }

    private static string HolderFile(string file) => file + ".holder";

    private static string Holder(string file)
    {
        var id = File.Exists(HolderFile(file)) ? File.ReadAllText(HolderFile(file)) : "";
        return id.Length is > 0 and < 12 && id.All(char.IsAsciiDigit) ? $" ({id})" : "";
    }
}
