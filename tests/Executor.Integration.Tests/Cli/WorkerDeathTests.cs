using System.Diagnostics;

namespace Executor.Integration.Tests.Cli;

/// <summary>Programs do not outlive the worker that has started them.</summary>
public sealed class WorkerDeathTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private const string Deaf = """
        tasks:
          - name: deaf
            action: core.shell
            with_items: [1, 2, 3]
            concurrency: 3
            input:
              cmd: |
                trap '' TERM HUP
                sh -c 'trap "" TERM HUP; sleep 600; echo late' &
                sleep 600 &
                echo begun >> begun.txt
                wait
                wait
              shell: true

        """;

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    [Trait("lesson", "10.9")]
    public async Task Killed_hard_a_worker_takes_every_process_of_its_programs_along()
    {
        using var process = Executable.Start(_scratch.Folder, "run", _scratch.Write("deaf.yaml", Deaf));
        var talk = process.StandardError.ReadToEndAsync();
        await Waiting.ForAsync(() => Begun() == 3, "three programs to begin");
        var programs = Processes.Below(process.Id);
        Assert.True(programs.Count >= 9, $"There are {programs.Count} processes.");

        process.Kill();
        var clock = Stopwatch.StartNew();
        await Waiting.ForAsync(() => !programs.Any(Processes.IsAlive), "all of them to die");

        Assert.True(clock.Elapsed < Soon, $"It took {clock.Elapsed}.");
        Assert.Contains("deaf", await talk, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_of_a_worker_is_left_when_it_has_ended_by_itself()
    {
        var file = _scratch.Write("good.yaml", """
            tasks:
              - name: waits
                action: core.shell
                input: {argv: [sh, -c, 'echo begun >> begun.txt; until [ -e go.txt ]; do sleep 0.05; done']}

            """);
        using var process = Executable.Start(_scratch.Folder, "run", file);
        await Waiting.ForAsync(() => Begun() == 1, "the program to begin");
        var programs = Processes.Below(process.Id);

        _scratch.Write("go.txt", "");
        Assert.Equal(0, (await Executable.EndAsync(process)).ExitCode);

        Assert.True(programs.Count >= 2, $"There are {programs.Count} processes.");
        await Waiting.ForAsync(() => !programs.Any(Processes.IsAlive), "all of them to end");
    }

    private int Begun()
    {
        var file = Path.Combine(_scratch.Folder, "begun.txt");
        return File.Exists(file) ? File.ReadAllLines(file).Length : 0;
    }
}
