using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Executor.Core.Runs;
using Executor.Core.Runs.Snapshots;
using Executor.Core.Tests.Simulation.Checks;

namespace Executor.Core.Tests.Runs.Snapshots;

/// <summary>A state that went through a snapshot is the state, or there is none.</summary>
public sealed partial class RunStateJsonTests
{
    private const string Loop =
        """
        a -*-> t
        t: with_items: "{{ range(20) }}"
        t -*-> a
        """;

    [Fact]
    public void No_member_of_the_state_or_of_anything_in_it_is_left_out()
    {
        var state = Filled.State();

        Assert.Null(Sameness.Difference(state, There(state)));
    }

    [Fact]
    public void The_format_is_that_of_its_golden_file_and_a_change_needs_a_new_name()
    {
        var golden = File.ReadAllText(Path.Combine(Folder(), RunStateJson.Format + ".json")).TrimEnd();

        Assert.Equal(golden, Encoding.UTF8.GetString(RunStateJson.Write(Filled.State()).Span));
    }

    [Fact]
    public void A_state_without_a_workflow_comes_back()
    {
        var state = RunState.Initial(new RunId("run-1"));

        Assert.Null(Sameness.Difference(state, There(state)));
    }

    [Fact]
    public void A_snapshot_of_another_shape_is_refused_as_a_whole()
    {
        var json = Encoding.UTF8.GetString(RunStateJson.Write(Filled.State()).Span);
        var members = Member().Matches(json).Select(match => match.Groups[1].Value).Distinct()
            .Except(["n", "x", "whole", "none", "list", "long", "r"]).ToList();

        Assert.True(members.Count > 80, $"{members.Count} members");
        Assert.All(members, name => Refused(json.Replace($"\"{name}\":", $"\"{name}_\":", StringComparison.Ordinal)));
        Refused(json.Replace(RunStateJson.Format, "run-state.v0", StringComparison.Ordinal));
        Refused(json.Replace(",\"dispatchCount\"", ",\"more\":1,\"dispatchCount\"", StringComparison.Ordinal));
        Refused("{}");
        Refused("[]");
        Refused("");
    }

    [Fact]
    public void A_snapshot_that_was_cut_off_is_refused()
    {
        var json = RunStateJson.Write(Filled.State());
        for (var length = 0; length < json.Length; length += 11)
        {
            Assert.ThrowsAny<JsonException>(() => RunStateJson.Read(json.Span[..length], (_, _, _) => Filled.Workflow));
        }
    }

    [Fact]
    public void A_large_value_that_stands_in_many_places_is_written_once()
    {
        const string large = "0123456789012345678901234567890123456789";
        var lines = string.Concat(Enumerable.Range(0, 40).Select(task => $"t{task} -*-> t{task + 1}\n"));
        var run = Scenario.OfFlow(lines, "vars:\n  - big: \"{{ parameters.big }}\"", $$"""{"big":["{{large}}"]}""");
        for (var task = 0; task < 40; task++)
        {
            run.Succeed($"t{task}", $$"""{"text":"{{large}}{{task}}"}""");
        }

        var json = Encoding.UTF8.GetString(RunStateJson.Write(run.Run).Span);

        Assert.Equal(1, Occurrences(json, large + "\""));
        Assert.All(Enumerable.Range(0, 40), task => Assert.Equal(1, Occurrences(json, $"{large}{task}\"")));
        Assert.Null(Sameness.Difference(run.Run, There(run.Run)));
    }

    /// <summary>Each task sees the results of all before it: written out, that would be a square.</summary>
    [Fact]
    public void The_size_grows_with_the_run_and_not_with_its_square()
    {
        var (short_, long_) = (SizeOfChain(200), SizeOfChain(800));

        Assert.True(long_ < short_ * 5, $"{short_} bytes for 200 tasks, {long_} for 800");
    }

    [Fact]
    public void What_a_loop_has_left_behind_is_not_carried_along()
    {
        var run = Scenario.OfFlow("s -*-> a\n" + Loop, limits: RunLimits.Default with { MaxVisits = 1_000 });
        run.Succeed("s");
        Laps(run, 1, 20);
        var early = RunStateJson.Write(run.Run).Length;
        Laps(run, 21, 60);
        var later = RunStateJson.Write(run.Run).Length;

        Assert.True(later - early < 40 * 2 * 650, $"{early} bytes after 20 laps, {later} after 60");
    }

    private static void Laps(Scenario run, int first, int last)
    {
        for (var lap = first; lap <= last; lap++)
        {
            var visit = lap == 1 ? "" : $"/{lap}";
            run.Succeed("a" + visit);
            for (var item = 0; item < 20; item++)
            {
                run.Succeed($"t{visit}[{item}]", "{\"text\":\"a result of some length\"}");
            }
        }
    }

    private static int SizeOfChain(int tasks)
    {
        var lines = string.Concat(Enumerable.Range(0, tasks).Select(task => $"t{task} -*-> t{task + 1}\n"));
        var run = Scenario.Unchecked(Scenario.Read(Flow.Of(lines)));
        for (var task = 0; task < tasks; task++)
        {
            run.Succeed($"t{task}", """{"n":1}""");
        }

        return RunStateJson.Write(run.Run).Length - run.Run.Workflow!.Source.Length;
    }

    private static RunState There(RunState state)
    {
        var json = RunStateJson.Write(state);
        var read = RunStateJson.Read(json.Span, (_, _, _) => state.Workflow!);
        Assert.Equal(Encoding.UTF8.GetString(json.Span), Encoding.UTF8.GetString(RunStateJson.Write(read).Span));
        return read;
    }

    private static void Refused(string json) => Assert.ThrowsAny<JsonException>(
        () => RunStateJson.Read(Encoding.UTF8.GetBytes(json), (_, _, _) => Filled.Workflow));

    private static int Occurrences(string text, string part) => text.Split(part).Length - 1;

    [GeneratedRegex("\"([A-Za-z]+)\":")]
    private static partial Regex Member();

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "golden");
}
