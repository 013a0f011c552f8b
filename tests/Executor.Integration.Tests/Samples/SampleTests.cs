using System.Text.Json;
using Executor.Integration.Tests.Cli;

namespace Executor.Integration.Tests.Samples;

/// <summary>What the samples say they do. They are the ones that stand beside the executable.</summary>
public sealed class SampleTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Process_items_validates_once_after_five_items()
    {
        var run = await RunAsync("process-items", 0, "seconds=0.1");

        Assert.Equal("""{"processed":5,"characters":26}""", Text(run, "output"));
        Assert.Equal(5, run.GetProperty("tasks")[0].GetProperty("items").GetProperty("succeeded").GetInt32());
        Assert.Equal("validate", run.GetProperty("tasks")[1].GetProperty("task").GetString());
        Assert.Equal(1, run.GetProperty("tasks")[1].GetProperty("dispatches").GetInt32());
    }

    [Fact]
    public async Task Hosts_health_repeats_what_failed_and_reports()
    {
        var run = await RunAsync("hosts-health", 0);

        Assert.Equal("""{"hosts":5,"up":4,"down":["no answer from db-down"]}""", Text(run, "output"));
        Assert.Equal(7, run.GetProperty("tasks")[0].GetProperty("attempts").GetInt32());

        var well = await RunAsync("hosts-health", 0, "hosts=[\"web-1\"]");
        Assert.Equal("""{"hosts":1,"up":1,"down":[]}""", Text(well, "output"));
    }

    [Fact]
    public async Task Deploy_announces_or_rolls_back_or_refuses()
    {
        var deployed = await RunAsync("deploy", 0, "version=1.4.2");
        Assert.Equal("""{"version":"1.4.2","state":"deployed"}""", Text(deployed, "output"));

        var broken = await RunAsync("deploy", 0, "version=1.4.2", "breaks=ap-south");
        Assert.Equal("""{"version":"1.4.2","state":"rolled back"}""", Text(broken, "output"));
        Assert.Contains(
            broken.GetProperty("tasks").EnumerateArray(), task => task.GetProperty("task").GetString() == "roll_back");

        var refused = await RunAsync("deploy", 1, "version=latest");
        Assert.Equal("failed", refused.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Loop_poll_polls_until_ready_and_gives_up_in_time()
    {
        var ready = await RunAsync("loop-poll", 0);
        Assert.Equal("""{"tried":3}""", Text(ready, "output"));

        var never = await RunAsync("loop-poll", 1, "ready_after=9", "tries=2");
        Assert.Equal("""{"tried":2}""", Text(never, "output"));
    }

    [Fact]
    public async Task Etl_keeps_types_from_source_to_output()
    {
        var run = await RunAsync("etl", 0, "rate=2");

        Assert.Equal(
            """{"rows":3,"total":33.0,"portions":2,"names":[[1,"Ada"],[2,"Grace"],[3,"Edsger"]]}""",
            Text(run, "output"));
    }

    [Fact]
    public async Task Rollout_all_calls_rollout_one_for_each_region_and_tells_of_one_that_breaks()
    {
        var run = await RunAsync("rollout-all", 0, "version=1.4.2");
        Assert.Equal("""{"states":["eu-west","us-east","ap-south"]}""", Text(run, "output"));
        var tree = await _scratch.RunAsync(["show", run.GetProperty("run_id").GetString()!, "--tree", "-o", "json"]);
        Assert.True(tree.ExitCode == 0, tree.Output + tree.Error);
        using var family = JsonDocument.Parse(tree.Output);
        var children = family.RootElement.GetProperty("children").EnumerateArray().ToArray();
        Assert.Equal([0, 1, 2], children.Select(child => child.GetProperty("item").GetInt32()));
        Assert.All(children, child => Assert.Equal("samples.rollout-one", child.GetProperty("workflow").GetString()));
        Assert.All(children, child => Assert.Equal("completed", child.GetProperty("status").GetString()));

        var broken = await RunAsync("rollout-all", 0, "version=1.4.2", "breaks=us-east");
        Assert.Contains(
            broken.GetProperty("tasks").EnumerateArray(), task => task.GetProperty("task").GetString() == "warn");

        var one = await RunAsync("rollout-one", 0, "version=1.4.2", "region=eu-west");
        Assert.Equal("""{"region":"eu-west","said":"1.4.2 is in eu-west"}""", Text(one, "output"));
    }

    [Theory]
    [InlineData(0, "1.4.2 is out, approved by ", "approve=true")]
    [InlineData(1, null, "approve=false", "reason=too late")]
    public async Task Approval_releases_when_somebody_approves_and_fails_when_nobody_does(
        int exitCode, string? released, params string[] answer)
    {
        var file = Path.Combine(AppContext.BaseDirectory, "samples", "approval.yaml");
        using var process = Executable.Start(_scratch.Folder, "run", file, "-p", "version=1.4.2", "-o", "json");
        var run = Executable.EndAsync(process);
        var id = "";
        while (id.Length == 0 && !run.IsCompleted)
        {
            var open = await _scratch.RunAsync("inquiries", "-o", "json");
            id = open.ExitCode == 0 ? IdIn(open.Output) : "";
        }

        var answered = await _scratch.RunAsync(["answer", id, .. answer.SelectMany(part => new[] { "-v", part })]);
        Assert.True(answered.ExitCode == 0, answered.Error);
        var ended = await run;

        Assert.True(ended.ExitCode == exitCode, ended.Output + ended.Error);
        using var json = JsonDocument.Parse(ended.Output);
        var said = json.RootElement.GetProperty("output").GetProperty("released").GetString();
        Assert.Equal(released is null ? null : released + Environment.UserName, said);
    }

    [Fact]
    public async Task Every_sample_is_free_of_problems_and_run_by_a_test()
    {
        var files = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "samples"));
        Assert.Equal(
            ["approval", "deploy", "etl", "hosts-health", "loop-poll", "process-items", "rollout-all", "rollout-one"],
            files.Select(file => Path.GetFileNameWithoutExtension(file)).Order());

        var ended = await _scratch.RunAsync(["check", "--strict", .. files]);
        Assert.True(ended.ExitCode == 0, ended.Output + ended.Error);
    }

    private async Task<JsonElement> RunAsync(string sample, int exitCode, params string[] parameters)
    {
        var file = Path.Combine(AppContext.BaseDirectory, "samples", sample + ".yaml");
        var ended = await _scratch.RunAsync(
            ["run", file, "-o", "json", .. parameters.SelectMany(parameter => new[] { "-p", parameter })]);
        Assert.True(ended.ExitCode == exitCode, ended.Output + ended.Error);
        using var json = JsonDocument.Parse(ended.Output);
        return json.RootElement.Clone();
    }

    /// <returns>Empty when nothing is asked.</returns>
    private static string IdIn(string inquiries)
    {
        using var json = JsonDocument.Parse(inquiries);
        return json.RootElement.EnumerateArray().Select(one => one.GetProperty("inquiry_id").GetString()!).FirstOrDefault("");
    }

    private static string Text(JsonElement run, string name) => JsonSerializer.Serialize(run.GetProperty(name));
}
