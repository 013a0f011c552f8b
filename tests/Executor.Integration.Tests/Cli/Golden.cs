namespace Executor.Integration.Tests.Cli;

/// <summary>Texts that outsiders rely on, kept beside the tests. EXECUTOR_ACCEPT=1 takes today's as the new ones.</summary>
internal static class Golden
{
    private static readonly string Folder = Path.Combine(Root(AppContext.BaseDirectory), "tests",
        "Executor.Integration.Tests", "Golden");

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

    private static string Root(string folder) =>
        File.Exists(Path.Combine(folder, "Executor.Actors.sln"))
            ? folder
            : Root(Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException("The tests do not run below a checkout."));
}
