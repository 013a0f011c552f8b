using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Executor.Chaos.Faults;

namespace Executor.Chaos.Tests;

/// <summary>A whole campaign: three nodes, four workers, private servers, ten faults, every check.</summary>
public sealed class SmokeTests
{
    /// <summary>Far longer than a campaign takes on a slow machine; it gives up by itself before.</summary>
    private static readonly TimeSpan Patience = Profile.Smoke.MostTime + TimeSpan.FromMinutes(3);

    [Fact]
    [Trait("vector", "W30")]
    [Trait("vector", "W31")]
    [Trait("vector", "W32")]
    public async Task A_cluster_that_is_broken_in_ten_ways_loses_and_repeats_nothing()
    {
        var seed = Random.Shared.Next(1, int.MaxValue);
        var directory = Path.Combine(Path.GetTempPath(), $"chaos-{seed}");

        var (exitCode, error) = await RunAsync("smoke", "--seed", seed.ToString(CultureInfo.InvariantCulture), "--dir", directory);

        var file = Path.Combine(directory, "verdict.json");
        Assert.True(File.Exists(file), $"seed {seed}: no verdict; {error}");
        using var verdict = JsonDocument.Parse(await File.ReadAllTextAsync(file));
        var told = verdict.RootElement;
        Assert.True(
            exitCode == 0, $"seed {seed}, data in {directory}: {told.GetProperty("problem")} {told.GetProperty("violations")}");
        Assert.True(told.GetProperty("faultsByKind").EnumerateObject().Count() >= 8, told.GetProperty("faultsByKind").ToString());
        Assert.True(told.GetProperty("runs").GetInt32() > 0, "no run was started");
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public void The_same_seed_gives_the_same_plan()
    {
        var plan = NemesisPlan.Draw(5, Profile.Short).Take(40).ToList();

        Assert.Equal(plan, NemesisPlan.Draw(5, Profile.Short).Take(40));
        Assert.NotEqual(plan, NemesisPlan.Draw(6, Profile.Short).Take(40));
        Assert.Equal(Enum.GetValues<FaultKind>(), plan.Take(Profile.Short.Kinds.Count).Select(fault => fault.Kind).Order());
    }

    [Fact]
    public void Without_a_network_no_cable_is_cut_and_everything_else_is_done()
    {
        var loopback = Profile.Short.OnLoopback();

        Assert.Contains(FaultKind.NodePartitioned, Profile.Short.Kinds);
        Assert.DoesNotContain(loopback.Kinds, kind => kind.NeedsNetwork());
        Assert.Equal(Profile.Short.Kinds.Where(kind => !kind.NeedsNetwork()), loopback.Kinds);
        Assert.All(Profile.All.Where(profile => !profile.HasNetwork), profile => Assert.DoesNotContain(profile.Kinds, kind => kind.NeedsNetwork()));
    }

    private static async Task<(int ExitCode, string Error)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Executor.Chaos"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var late = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(late.Token);
        }
        catch (OperationCanceledException)
        {
            // What it has started ends with it.
            process.Kill();
            throw new TimeoutException($"The campaign did not end within {Patience}: {await error}");
        }

        await output;
        return (process.ExitCode, await error);
    }
}
