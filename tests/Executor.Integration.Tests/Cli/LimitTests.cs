namespace Executor.Integration.Tests.Cli;

/// <summary>What a problem advises to raise is there to be raised.</summary>
public sealed class LimitTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("EXECUTOR__LIMITS__MAX_ITEMS", "tasks: [{name: t, action: core.noop, with_items: [1, 2, 3]}]", 3)]
    [InlineData("EXECUTOR__LIMITS__MAX_VISITS", "tasks: [{name: t, action: core.noop, next: [{do: u}]}, {name: u, action: core.noop}]", 2)]
    public async Task A_run_beyond_a_limit_fails_with_the_name_of_the_setting_that_raises_it(string setting, string yaml, int enough)
    {
        _scratch.Write("flow.yaml", yaml);

        var (tooLow, said) = await RunAsync(setting, enough - 1);
        var (raised, _) = await RunAsync(setting, enough);

        Assert.Equal((1, 0), (tooLow, raised));
        Assert.Contains(setting, said, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Said)> RunAsync(string setting, int value)
    {
        using var process = Executable.StartWith(
            new Dictionary<string, string> { [setting] = $"{value}" }, _scratch.Folder, "run", "flow.yaml");
        var ended = await Executable.EndAsync(process);
        return (ended.ExitCode, ended.Output + ended.Error);
    }
}
