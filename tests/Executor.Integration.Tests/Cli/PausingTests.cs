using System.Text.Json;

namespace Executor.Integration.Tests.Cli;

/// <summary>A run that a kill has left unfinished is paused, left alone, and resumed.</summary>
public sealed class PausingTests : IDisposable
{
    private const string Slow = """
        tasks:
          - name: begin
            action: core.shell
            input: {argv: [sh, -c, 'echo begun >> begun.txt; while [ -e begun.txt ] && [ ! -e go ]; do sleep 0.02; done']}
            timeout: 5m
            retry: {count: 3}
            next: [{do: end}]
          - name: end
            action: core.noop

        """;

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    [Trait("lesson", "5.9")]
    public async Task A_paused_run_of_a_data_directory_goes_on_only_when_it_is_named()
    {
        _scratch.Write("slow.yaml", Slow);
        using (var process = Executable.Start(_scratch.Folder, "run", "slow.yaml"))
        {
            _ = process.StandardError.ReadToEndAsync();
            _ = process.StandardOutput.ReadToEndAsync();
            await Waiting.ForAsync(() => Begun() == 1, "the action to begin");
            process.Kill();
            await process.WaitForExitAsync();
        }

        var run = JsonDocument.Parse((await _scratch.RunAsync("runs", "-o", "json")).Output).RootElement[0].GetProperty("run_id").GetString()!;
        var paused = await _scratch.RunAsync("pause", run[..^1], "--reason", "upgrade");
        var all = await _scratch.RunAsync("resume");
        var shown = await _scratch.RunAsync("show", run);

        Assert.Equal((0, 0, ""), (paused.ExitCode, all.ExitCode, all.Output.Trim()));
        Assert.Contains($"run {run} is paused; to go on: executor resume {run}", paused.Error, StringComparison.Ordinal);
        Assert.Contains($"run {run} is paused; to go on: executor resume {run}", all.Error, StringComparison.Ordinal);
        Assert.Contains("paus", shown.Output, StringComparison.Ordinal);
        Assert.Equal(1, Begun());
        _scratch.Write("go", "");
        var resumed = await _scratch.RunAsync("resume", run, "-o", "json");
        Assert.Equal(0, resumed.ExitCode);
        Assert.Equal("completed", JsonDocument.Parse(resumed.Output).RootElement.GetProperty("status").GetString());
        Assert.Equal(2, Begun());
        Assert.Equal(2, (await _scratch.RunAsync("pause", run)).ExitCode);
    }

    private int Begun()
    {
        var file = Path.Combine(_scratch.Folder, "begun.txt");
        return File.Exists(file) ? File.ReadAllLines(file).Length : 0;
    }
}
