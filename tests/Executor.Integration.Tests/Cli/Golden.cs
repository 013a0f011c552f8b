namespace Executor.Integration.Tests.Cli;

/// <summary>Texts that outsiders rely on, kept beside the tests. EXECUTOR_ACCEPT=1 takes today's as the new ones.</summary>
internal static class Golden
{
    /// <summary>The checkout.</summary>
    public static readonly string Root = RootOf(AppContext.BaseDirectory);

    private static readonly string Folder = Path.Combine(Root, "tests", "Executor.Integration.Tests", "Golden");

    public static void Check(string name, string actual)
    {
        var file = Path.Combine(Folder, name);
        if (Environment.GetEnvironmentVariable("EXECUTOR_ACCEPT") == "1")
        {
            Directory.CreateDirectory(Folder);
            File.WriteAllText(file, actual);
        }

        Assert.Equal(File.ReadAllText(file), actual);
    }

    private static string RootOf(string folder) =>
        File.Exists(Path.Combine(folder, "Executor.Actors.sln"))
            ? folder
            : RootOf(Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException("The tests do not run below a checkout."));
}
