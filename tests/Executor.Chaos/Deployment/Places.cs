namespace Executor.Chaos.Deployment;

/// <summary>Where the programs and scripts of a campaign are.</summary>
internal static class Places
{
    /// <summary>The product's executable: the one that was built with the runner.</summary>
    public static string Executor { get; } = Path.Combine(AppContext.BaseDirectory, "executor");

    /// <summary>The runner's own, for its workers.</summary>
    public static string Chaos { get; } = Path.Combine(AppContext.BaseDirectory, "Executor.Chaos");

    public static string Root { get; } = FindRoot();

    public static string ServerScripts => Path.Combine(Root, "tests/servers");

    public static string NetworkScript => Path.Combine(Root, "tests/Executor.Chaos/network");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Executor.Actors.sln")))
            {
                return folder.FullName;
            }
        }

        throw new HarnessException($"{AppContext.BaseDirectory} is in no checkout of the project.");
    }
}
