using System.Globalization;
using System.Runtime.InteropServices;

namespace Executor.Chaos.Bars;

/// <summary>Measures how soon work goes on, and says whether that is soon enough.</summary>
internal static class BarsCommand
{
    public const string Name = "bars";

    private const int Held = 0;
    private const int Missed = 1;
    private const int Harness = 2;

    /// <summary>Of a session with as many tries as one may ask for.</summary>
    private static readonly TimeSpan MostTime = TimeSpan.FromHours(2);

    public static async Task<int> RunAsync(string[] options)
    {
        var named = options.Chunk(2).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);
        if (named.Count * 2 != options.Length || named.Keys.Any(name => name is not ("--tries" or "--slack" or "--dir"))
            || !int.TryParse(named.GetValueOrDefault("--tries", "5"), CultureInfo.InvariantCulture, out var tries)
            || !double.TryParse(named.GetValueOrDefault("--slack", "1"), CultureInfo.InvariantCulture, out var slack)
            || tries is < 1 or > 50 || slack is < 1 or > 100)
        {
            return ChaosCommand.Usage();
        }

        using var stop = new CancellationTokenSource(MostTime);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
        var kept = named.GetValueOrDefault("--dir");
        var directory = ChaosCommand.FolderOf(kept, $"bars-{Environment.ProcessId}");
        var code = await MeasureAsync(new BarsSession(tries, slack, directory, ChaosCommand.Say), stop.Token);
        if (kept is null && code == Held)
        {
            Directory.Delete(directory, recursive: true);
        }
        else
        {
            ChaosCommand.Say($"data and logs are in {directory}");
        }

        return code;

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }
    }

    private static async Task<int> MeasureAsync(BarsSession session, CancellationToken stop)
    {
        try
        {
            var (measured, violations) = await session.RunAsync(stop);
            Console.WriteLine(Tries.Table(measured));
            foreach (var violation in violations)
            {
                Console.WriteLine($"VIOLATION {violation}");
            }

            return measured.All(tries => tries.IsHeld) && violations.Count == 0 ? Held : Missed;
        }
        catch (LostRunException lost)
        {
            Console.WriteLine($"LOST {lost.Message}");
            return Missed;
        }
        catch (Exception problem)
        {
            // Whatever it was, what was started has been ended, and whoever called is told.
            Console.Error.WriteLine(problem);
            return Harness;
        }
    }
}
