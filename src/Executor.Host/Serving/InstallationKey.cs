using System.Security.Cryptography;

namespace Executor.Host.Serving;

/// <summary>The secret of a data directory, made once: ids of runs are derived from it.</summary>
internal static class InstallationKey
{
    private const int Length = 32;

    /// <param name="directory">Held by this process.</param>
    public static byte[] Of(string directory)
    {
        var file = Path.Combine(directory, "installation.key");
        if (File.Exists(file) && File.ReadAllBytes(file) is { Length: Length } known)
        {
            return known;
        }

        var made = RandomNumberGenerator.GetBytes(Length);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var written = new FileStream(file, options);
        written.Write(made);
        written.Flush(flushToDisk: true);
        return made;
    }
}
