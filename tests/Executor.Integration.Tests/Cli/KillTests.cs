using System.Globalization;
using System.Text.Json;
using Executor.Core.Runs;
using Xunit.Abstractions;

namespace Executor.Integration.Tests.Cli;

/// <summary>
/// The process is killed at random moments, with nothing to prepare it, and the next one goes on. What the actions did
/// is told by the actions: each writes a line when it begins and one when it ends, with the key of its attempt.
/// </summary>
public sealed class KillTests(ITestOutputHelper output) : IDisposable
{
    private const int Items = 200;
    private const int Concurrency = 4;

    private const string Workflow = """
        tasks:
          - name: each
            action: core.shell
            with_items: "{{ range(200) }}"
            concurrency: 4
            REPEAT
            input:
              argv: [sh, -c, 'echo "S $EX_IDEMPOTENCY_KEY" >> effects.txt; sleep 0.03; echo "E $EX_IDEMPOTENCY_KEY" >> effects.txt']
            next: [{when: "{{ succeeded() }}", do: last}]
          - name: last
            action: core.shell
            retry: {count: 50}
            input: {argv: [sh, -c, 'echo "S $EX_IDEMPOTENCY_KEY" >> effects.txt; echo "E $EX_IDEMPOTENCY_KEY" >> effects.txt']}

        """;

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    /// <param name="repeat">What the task says about repeating: nothing is repeated unless it says so.</param>
    /// <param name="repeats">How many losses of one item that makes good; the next one is its end.</param>
    /// <remarks>EXECUTOR_KILLS sets how often it is killed, EXECUTOR_SEED when.</remarks>
    [Theory]
    [InlineData("retry: {count: 50}", 50)]
    [InlineData("idempotent: true", 5)]
    [InlineData("", 0)]
    public async Task Killed_at_random_moments_and_resumed_every_item_ends_and_no_attempt_acts_twice(
        string repeat, int repeats)
    {
        var kills = Setting("EXECUTOR_KILLS", 2);
        var seed = Setting("EXECUTOR_SEED", Random.Shared.Next());
        output.WriteLine($"EXECUTOR_KILLS={kills} EXECUTOR_SEED={seed}");
        _scratch.Write("kill.yaml", Workflow.Replace("REPEAT", repeat, StringComparison.Ordinal));
        var random = new Random(seed);
        var lost = 0;
        for (var kill = 0; kill < kills; kill++)
        {
            lost += await KilledAsync(kill == 0 ? ["run", "kill.yaml"] : ["resume"], Items / kills / 2, random) ? 1 : 0;
        }

        output.WriteLine($"killed {lost} times in mid-run");
        await _scratch.RunAsync("resume");
        var run = await OnlyRunAsync();
        var attempts = Attempts(await JsonAsync("history", run.Text));
        JudgeReport(await JsonAsync("show", run.Text), JudgeAttempts(attempts, repeats));
        Assert.InRange(attempts.Count(attempt => attempt.IsLost), 0, lost * Concurrency);
        JudgeEffects(attempts, run);
    }

    /// <param name="atMost">How many lines it may write before: the work must last for all kills.</param>
    /// <returns>Whether it was killed before it had ended by itself.</returns>
    private async Task<bool> KilledAsync(string[] arguments, int atMost, Random random)
    {
        // The first is killed after the run exists; later ones also while they start.
        var wanted = Lines().Length + (arguments[0] == "run" ? 1 : 0) + random.Next(atMost);
        var pause = TimeSpan.FromMilliseconds(random.Next(40));
        using var process = Executable.Start(_scratch.Folder, arguments);
        _ = process.StandardError.ReadToEndAsync();
        _ = process.StandardOutput.ReadToEndAsync();
        await Waiting.ForAsync(() => process.HasExited || Lines().Length >= wanted, $"{wanted} lines");
        await Task.Delay(pause);
        var running = !process.HasExited;
        process.Kill();
        await process.WaitForExitAsync();
        return running;
    }

    private static void JudgeReport(JsonElement report, int abandoned)
    {
        var each = report.GetProperty("tasks")[0];
        Assert.Equal(abandoned == 0 ? "completed" : "failed", report.GetProperty("status").GetString());
        Assert.Equal(abandoned == 0 ? 2 : 1, report.GetProperty("tasks").GetArrayLength());
        Assert.Equal(Items - abandoned, each.GetProperty("items").GetProperty("succeeded").GetInt32());
        Assert.Equal(abandoned, each.GetProperty("items").GetProperty("abandoned").GetInt32());
        Assert.Equal(each.GetProperty("attempts").GetInt32(), each.GetProperty("dispatches").GetInt32());
    }

    /// <summary>Only what was lost with its process is repeated, for no other reason, and only as often as the task says.</summary>
    /// <returns>How many items were lost more often than that.</returns>
    private static int JudgeAttempts(IReadOnlyCollection<Attempt> attempts, int repeats)
    {
        var items = attempts.GroupBy(attempt => (attempt.Slot.Task, attempt.Slot.Item)).ToList();
        Assert.Equal(Items, items.Count(item => item.Key.Task == "each"));
        Assert.All(items, item =>
        {
            var ordered = item.OrderBy(attempt => attempt.Slot.Attempt).ToList();
            Assert.Equal(Enumerable.Range(1, ordered.Count), ordered.Select(attempt => attempt.Slot.Attempt));
            Assert.All(ordered, attempt => Assert.Single(attempt.Ends));
            Assert.All(ordered.SkipLast(1), attempt => Assert.True(attempt.IsLost, $"{attempt.Slot}"));
            Assert.True(
                ordered[^1].Ends[0] == "completed" || (ordered[^1].IsLost && ordered.Count == repeats + 1),
                $"{ordered[^1].Slot}");
        });
        return items.Count(item => item.All(attempt => attempt.IsLost));
    }

    /// <summary>An attempt acts once; only one that was lost with its process may not have acted, or not to its end.</summary>
    private void JudgeEffects(IReadOnlyCollection<Attempt> attempts, RunId run)
    {
        var lines = Lines().GroupBy(line => line).ToDictionary(same => same.Key, same => same.Count());
        Assert.All(attempts, attempt =>
        {
            var id = DispatchId.Of(run, attempt.Slot);
            foreach (var line in new[] { $"S {id}", $"E {id}" })
            {
                lines.Remove(line, out var count);
                Assert.True(attempt.IsLost ? count <= 1 : count == 1, $"{attempt.Slot}: {line} {count} times");
            }
        });
        Assert.Empty(lines);
    }

    private static List<Attempt> Attempts(JsonElement history)
    {
        var ends = new Dictionary<Slot, List<string>>();
        foreach (var happened in history.EnumerateArray().SelectMany(entry => entry.GetProperty("events").EnumerateArray()))
        {
            if (happened.TryGetProperty("dispatched", out var dispatched))
            {
                ends.Add(SlotOf(dispatched), []);
            }
            else if (happened.TryGetProperty("itemFinished", out var finished))
            {
                ends[SlotOf(finished)].Add(finished.GetProperty("outcome").GetProperty("status").GetString()!);
            }
        }

        return [.. ends.Select(pair => new Attempt(pair.Key, pair.Value))];
    }

    private static Slot SlotOf(JsonElement happened)
    {
        var slot = happened.GetProperty("slot");
        return new Slot(slot[0].GetString()!, slot[1].GetInt32(), slot[2].GetInt32(), slot[3].GetInt32());
    }

    private async Task<RunId> OnlyRunAsync()
    {
        var runs = await JsonAsync("runs");
        Assert.Equal(1, runs.GetArrayLength());
        return new RunId(runs[0].GetProperty("run_id").GetString()!);
    }

    private async Task<JsonElement> JsonAsync(params string[] arguments)
    {
        var ended = await _scratch.RunAsync([.. arguments, "-o", "json"]);
        Assert.Equal((0, ""), (ended.ExitCode, ended.Error));
        using var json = JsonDocument.Parse(ended.Output);
        return json.RootElement.Clone();
    }

    private string[] Lines()
    {
        var file = Path.Combine(_scratch.Folder, "effects.txt");
        return File.Exists(file) ? File.ReadAllLines(file) : [];
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value)
            ? value
            : otherwise;

    /// <param name="Ends">One for each time that the journal says it ended.</param>
    private sealed record Attempt(Slot Slot, IReadOnlyList<string> Ends)
    {
        public bool IsLost => Ends[0] == "abandoned";
    }
}
