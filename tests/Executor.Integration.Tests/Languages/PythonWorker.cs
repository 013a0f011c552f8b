using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Executor.Integration.Tests.Languages;

/// <summary>A worker in Python beside this file, as a process of its own with Debian's Python and pika.</summary>
internal sealed partial class PythonWorker : IAsyncDisposable
{
    public const string Whole = "python_worker.py";
    public const string Small = "small_worker.py";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _said = new();
    private readonly Task _listening;

    private PythonWorker(Process process)
    {
        _process = process;
        _listening = ListenAsync();
    }

    /// <summary>The ids of the attempts whose action it has begun.</summary>
    public IEnumerable<string> Begun => _said.Where(line => line.StartsWith("begins ", StringComparison.Ordinal))
        .Select(line => line["begins ".Length..]);

    public string Said => string.Join('\n', _said);

    public string Name => _said.Select(line => Ready().Match(line)).First(match => match.Success).Groups[1].Value;

    /// <summary>How often it has connected and was ready to work.</summary>
    public int Connects => _said.Count(line => Ready().IsMatch(line));

    /// <param name="script">The one that does all that a worker can, or the small one.</param>
    public static async Task<PythonWorker> StartAsync(Uri broker, string pool, string script = Whole)
    {
        var start = new ProcessStartInfo("/usr/bin/python3", [Path.Combine(Here(), script), pool]) { RedirectStandardError = true };
        start.Environment["EXECUTOR__RABBITMQ"] = broker.ToString();
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        var worker = new PythonWorker(Process.Start(start)!);
        await worker.UntilAsync(() => worker.Connects > 0, "it is ready");
        return worker;
    }

    /// <summary>As a crash.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await EndAsync();
    }

    /// <summary>Stands still, and goes on.</summary>
    public Task FreezeAsync() => SignalAsync("STOP");

    public Task ThawAsync() => SignalAsync("CONT");

    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    public async Task UntilAsync(Func<bool> holds, string what)
    {
        var end = DateTime.UtcNow + Patience;
        while (!holds())
        {
            Assert.False(_process.HasExited, $"The worker has ended before {what}:\n{Said}");
            Assert.True(DateTime.UtcNow < end, $"Not within {Patience}: {what}\n{Said}");
            await Task.Delay(20);
        }
    }

    /// <summary>Told to stop it ends what it has, and leaves with 0.</summary>
    public async Task StopAsync()
    {
        await SignalAsync("TERM");
        var code = await EndAsync();
        await _listening;
        Assert.True(code == 0, Said);
    }

    /// <summary>With nothing in hand, told to stop or killed; all it has said is heard then.</summary>
    public async Task LeaveAsync()
    {
        await SignalAsync("TERM");
        await EndAsync();
        await _listening;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", ["-s", signal, $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    private async Task ListenAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            _said.Enqueue(line);
        }
    }

    private static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;

    [GeneratedRegex(@"^(\S+) takes py\.")]
    private static partial Regex Ready();
}
