using System.Runtime.InteropServices;
using Executor.Chaos.Deployment;

namespace Executor.Chaos;

/// <summary>The command line of the runner.</summary>
internal static class ChaosCommand
{
    private const int Passed = 0;
    private const int Broken = 1;
    private const int Harness = 2;

    public static int Usage()
    {
        Console.Error.WriteLine("""
            Usage: Executor.Chaos calm|smoke|short|long [--seed N] [--dir DIR] [--only KIND,KIND...] [--no-netns]
                   Executor.Chaos bars [--tries N] [--slack FACTOR] [--dir DIR]

            Starts a private database and broker, three nodes and four workers, gives them load, breaks them in ways drawn
            from the seed, and checks every invariant afterwards. Run as root, short and long put each machine into a
            network namespace and cut cables, too; with --no-netns, and for everybody else, all is on loopback. --only
            leaves out all faults but those, named as verdict.json names them. DIR keeps data, logs and verdict.json;
            without it a temporary folder does, and is kept only when something is violated.
            bars lets each of five events happen N times (5) under load, and measures how soon work goes on; on a slower
            machine than the bars are for, FACTOR (1) makes them wider.
            Exit codes: 0 nothing is violated or missed, 1 something is, 2 it could not be carried out.
            """);
        return Harness;
    }

    public static async Task<int> RunAsync(Profile asked, string[] words)
    {
        if (ChaosOptions.Parse(words) is not { } options)
        {
            return Usage();
        }

        var profile = options.Of(asked, Network.IsAllowed);
        if (profile.Kinds.Count == 0 && asked.Kinds.Count > 0)
        {
            Console.Error.WriteLine($"None of these faults can be done in '{asked.Name}' as it is asked for.");
            return Harness;
        }

        if (asked.HasNetwork && !profile.HasNetwork && !options.OnLoopback)
        {
            Say("only root can make network namespaces: all is on loopback, and no cable is cut");
        }

        var (seed, kept) = (options.Seed, options.Kept);
        var directory = FolderOf(kept, $"chaos-{seed}-{Environment.ProcessId}");
        var verdict = await PlayAsync(profile, seed, directory);
        await File.WriteAllTextAsync(Path.Combine(directory, "verdict.json"), verdict.Write());
        Console.WriteLine(verdict.Write());
        if (kept is null && verdict.Passed)
        {
            Directory.Delete(directory, recursive: true);
        }
        else
        {
            Say($"data, logs and verdict.json are in {directory}");
        }

        return verdict.Passed ? Passed : verdict.Problem is null ? Broken : Harness;
    }

    /// <summary>Ends by itself after its time, at Ctrl-C and when told to terminate, and always cleans up.</summary>
    private static async Task<Verdict> PlayAsync(Profile profile, int seed, string directory)
    {
        using var stop = new CancellationTokenSource(profile.MostTime);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
        var log = Path.Combine(directory, "campaign.log");
        Tell($"{profile.Name}, seed {seed}, in {directory}");
        try
        {
            return await new Campaign(profile, seed, directory, Tell).RunAsync(stop.Token);
        }
        catch (Exception problem)
        {
            return Verdict.Of(seed, profile, TimeSpan.Zero, 0, new Evidences.Evidence(), [], problem.ToString());
        }

        void Tell(string line)
        {
            Say(line);
            File.AppendAllText(log, $"{DateTimeOffset.UtcNow:HH:mm:ss} {line}\n");
        }

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }
    }

    /// <summary>Made, and open to the database, which refuses to run as root and runs as a user of its own then.</summary>
    internal static string FolderOf(string? kept, string otherwise)
    {
        var directory = Path.GetFullPath(kept ?? Path.Combine(Path.GetTempPath(), otherwise));
        Directory.CreateDirectory(directory);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(directory, (UnixFileMode)Convert.ToInt32("755", 8));
        }

        return directory;
    }

    internal static void Say(string line) => Console.Error.WriteLine($"chaos {DateTimeOffset.UtcNow:HH:mm:ss} {line}");
}
