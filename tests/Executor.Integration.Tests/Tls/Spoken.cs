using System.Collections.Concurrent;
using System.Diagnostics;
using Executor.Integration.Tests.Cli;

namespace Executor.Integration.Tests.Tls;

/// <summary>A process that goes on until it is killed, with what it has said so far.</summary>
internal sealed class Spoken : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();

    public Spoken(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Said => string.Join('\n', _lines);

    public async Task UntilSaysAsync(string text)
    {
        await Waiting.ForAsync(
            () => _process.HasExited || Said.Contains(text, StringComparison.OrdinalIgnoreCase), $"'{text}'");
        Assert.True(Said.Contains(text, StringComparison.OrdinalIgnoreCase), $"It has not said '{text}', but:\n{Said}");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is not null)
        {
            _lines.Enqueue(line);
        }
    }
}
