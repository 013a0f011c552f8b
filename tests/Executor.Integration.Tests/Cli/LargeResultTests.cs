using System.Text.Json.Nodes;
using Executor.Integration.Tests.Api;

namespace Executor.Integration.Tests.Cli;

/// <summary>A result that is too large for the journal, as people see it: in a data directory and on a server alike.</summary>
public sealed class LargeResultTests : IAsyncLifetime
{
    private static readonly string Text = new('x', 70_000);

    private static readonly string Workflow =
        """
        ref: test.large
        tasks:
          - name: make
            action: core.echo
            input: {message: "TEXT"}
            next:
              - {when: length(result().message) < 10, do: small}
              - {when: succeeded(), publish: {kept: "{{ result() }}"}, do: last}
          - {name: small, action: core.noop}
          - {name: last, action: core.noop}
        output_map: {text: "{{ workflow.kept.message }}"}
        """.Replace("TEXT", Text, StringComparison.Ordinal);

    private readonly Scratch _scratch = new();
    private ApiUnderTest _api = null!;

    public async Task InitializeAsync()
    {
        _api = await ApiUnderTest.StartAsync();
        _scratch.Write("large.yaml", Workflow);
    }

    public async Task DisposeAsync()
    {
        await _api.DisposeAsync();
        _scratch.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_output_is_whole_the_journal_refers_to_the_result_and_show_prints_it(bool isRemote)
    {
        string[] where = isRemote ? ["--server", _api.Address.ToString()] : [];

        var ran = await _scratch.RunAsync(["run", "large.yaml", "-o", "json", .. where]);
        var output = JsonNode.Parse(ran.Output)!;
        var id = (string)output["run_id"]!;
        var history = JsonNode.Parse((await _scratch.RunAsync(["history", id, "-o", "json", .. where])).Output)!.AsArray();
        var finished = history.SelectMany(entry => entry!["events"]!.AsArray())
            .First(happened => happened!["itemFinished"] is not null)!["itemFinished"]!;
        var reference = finished["outcome"]!["result"]!["$stored"]!;
        var result = await _scratch.RunAsync(["show", id, "--result", (string)reference["id"]!, .. where]);
        var shortened = await _scratch.RunAsync(["show", id, "--result", ((string)reference["id"]!)[..12], .. where]);
        var explained = await _scratch.RunAsync(["explain", id, "make", .. where]);

        Assert.Equal(0, ran.ExitCode);
        Assert.Equal(Text, (string)output["output"]!["text"]!);
        Assert.InRange((int)reference["bytes"]!, 70_000, 71_000);
        Assert.Equal(Text, (string)JsonNode.Parse(result.Output)!["message"]!);
        Assert.Equal(result, shortened);
        Assert.Equal(0, explained.ExitCode);
        Assert.Contains($"(object of {reference["bytes"]} bytes, result {((string)reference["id"]!)[..12]}…)", explained.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(new string('x', 1_000), explained.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_result_that_is_not_there_is_told_by_its_id(bool isRemote)
    {
        string[] where = isRemote ? ["--server", _api.Address.ToString()] : [];
        var ran = await _scratch.RunAsync(["run", "large.yaml", "-o", "json", .. where]);
        var id = (string)JsonNode.Parse(ran.Output)!["run_id"]!;
        var none = new string('0', 64);

        foreach (var wanted in new[] { none, "x", "../keys" })
        {
            var shown = await _scratch.RunAsync(["show", id, "--result", wanted, .. where]);

            Assert.Equal((2, ""), (shown.ExitCode, shown.Output));
            Assert.Contains("result.unknown", shown.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_limit_is_a_setting()
    {
        using var process = Executable.StartWith(
            new Dictionary<string, string> { ["EXECUTOR__LIMITS__INLINE_RESULT"] = "1MiB" }, _scratch.Folder,
            "run", "large.yaml", "-o", "json");
        var ran = await Executable.EndAsync(process);
        var id = (string)JsonNode.Parse(ran.Output)!["run_id"]!;

        Assert.DoesNotContain("$stored", (await _scratch.RunAsync("history", id, "-o", "json")).Output, StringComparison.Ordinal);

        using var wrong = Executable.StartWith(
            new Dictionary<string, string> { ["EXECUTOR__LIMITS__INLINE_RESULT"] = "1023" }, _scratch.Folder, "run", "large.yaml");
        var refused = await Executable.EndAsync(wrong);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("EXECUTOR__LIMITS__INLINE_RESULT is '1023'; expected a size from 1KiB to 8MiB", refused.Error, StringComparison.Ordinal);
    }
}
