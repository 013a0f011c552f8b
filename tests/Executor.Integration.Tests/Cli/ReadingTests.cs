using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Executor.Integration.Tests.Cli;

public sealed class ReadingTests : IDisposable
{
    private const string Workflow = """
        tasks:
          - name: a
            action: core.echo
            input: {message: "hello"}
            next: [{do: b}]
          - name: b
            action: core.noop

        """;

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Show_tells_what_run_told_and_history_tells_every_entry_in_order()
    {
        var run = await _scratch.RunAsync("run", _scratch.Write("two.yaml", Workflow), "-o", "json");
        var id = JsonDocument.Parse(run.Output).RootElement.GetProperty("run_id").GetString()!;

        var shown = await _scratch.RunAsync("show", id[..6], "-o", "json");
        Assert.Equal((0, run.Output), (shown.ExitCode, shown.Output));

        var history = await _scratch.RunAsync("history", id, "-o", "json");
        using var json = JsonDocument.Parse(history.Output);
        var entries = json.RootElement.EnumerateArray().ToList();
        Assert.Equal(
            Enumerable.Range(1, entries.Count), entries.Select(entry => entry.GetProperty("sequence").GetInt32()));
        Assert.Equal(
            ["runStarted", "visitOpened", "dispatched", "itemFinished", "visitEnded", "transitionFired", "arrived",
                "visitOpened", "dispatched", "itemFinished", "visitEnded", "runEnded"],
            entries.SelectMany(entry => entry.GetProperty("events").EnumerateArray())
                .Select(happened => happened.EnumerateObject().First().Name));

        var text = await _scratch.RunAsync("history", id);
        Assert.Matches("(?m)^#1  20.*\n    runStarted  ", text.Output);
    }

    [Fact]
    public async Task History_is_told_in_pages_and_by_task()
    {
        var id = await RunTwoAsync();

        var first = await _scratch.RunAsync("history", id, "-o", "json", "--limit", "2");
        var rest = await _scratch.RunAsync("history", id, "-o", "json", "--after", "2");
        var whole = await _scratch.RunAsync("history", id, "-o", "json");
        Assert.Equal("there is more: --after 2\n", first.Error);
        Assert.Equal("", rest.Error);
        Assert.Equal(Sequences(whole.Output), Sequences(first.Output).Concat(Sequences(rest.Output)));

        var ofB = await _scratch.RunAsync("history", id, "-o", "json", "--task", "b");
        Assert.Equal(["arrived", "visitOpened", "dispatched", "itemFinished", "visitEnded"], Events(ofB.Output));
        Assert.Subset(Sequences(whole.Output).ToHashSet(), Sequences(ofB.Output).ToHashSet());
    }

    [Theory]
    [InlineData("history", "--task", "aa")]
    [InlineData("history", "--task", "aa", "--at", "1")]
    [InlineData("explain", "aa")]
    public async Task A_task_that_there_is_not_is_an_error_with_those_that_there_are(string verb, params string[] task)
    {
        var id = await RunTwoAsync();

        var ended = await _scratch.RunAsync([verb, id, .. task]);

        Assert.Equal((2, ""), (ended.ExitCode, ended.Output));
        Assert.Contains(
            $"error task.none: The workflow of run '{id}' has no task 'aa'. Did you mean 'a'? Its tasks are: a, b.", ended.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task History_shows_one_task_of_the_run_as_it_stood()
    {
        var id = await RunTwoAsync();
        var last = Sequences((await _scratch.RunAsync("history", id, "-o", "json")).Output).Last();

        var ofB = await _scratch.RunAsync("history", id, "--at", $"{last}", "--task", "b", "-o", "json");
        var before = await _scratch.RunAsync("history", id, "--at", "1", "--task", "b", "-o", "json");
        var text = await _scratch.RunAsync("history", id, "--at", $"{last}", "--task", "b");

        using var json = JsonDocument.Parse(ofB.Output);
        Assert.Equal("b", Assert.Single(json.RootElement.GetProperty("tasks").EnumerateArray()).GetProperty("task").GetString());
        Assert.Equal("completed", json.RootElement.GetProperty("status").GetString());
        Assert.Empty(JsonDocument.Parse(before.Output).RootElement.GetProperty("tasks").EnumerateArray());
        Assert.Matches("(?m)^b +1", text.Output);
        Assert.DoesNotMatch("(?m)^a +1", text.Output);
    }

    [Fact]
    public async Task History_shows_the_run_as_it_stood_after_an_entry()
    {
        var id = await RunTwoAsync();
        var shown = await _scratch.RunAsync("show", id, "-o", "json");
        var last = Sequences((await _scratch.RunAsync("history", id, "-o", "json")).Output).Last();

        var atEnd = await _scratch.RunAsync("history", id, "--at", $"{last}", "-o", "json");
        var atStart = await _scratch.RunAsync("history", id, "--at", "1", "-o", "json");
        var beyond = await _scratch.RunAsync("history", id, "--at", $"{last + 1}");
        var before = await _scratch.RunAsync("history", id, "--at", "0");

        Assert.Equal(shown.Output, atEnd.Output);
        using var start = JsonDocument.Parse(atStart.Output);
        Assert.Equal("running", start.RootElement.GetProperty("status").GetString());
        Assert.Equal("a", Assert.Single(start.RootElement.GetProperty("tasks").EnumerateArray()).GetProperty("task").GetString());
        Assert.Equal((2, 2), (beyond.ExitCode, before.ExitCode));
        Assert.Contains($"error history.none: run {id} has no entry {last + 1}", beyond.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task History_shows_the_variables_of_then_and_what_the_run_waited_for()
    {
        const string Waiting = """
            vars: {lap: 0}
            tasks:
              - {name: a, action: core.noop, next: [{publish: {lap: 1}, do: [j, late]}]}
              - {name: late, action: core.noop, delay: 0.2, next: [{publish: {lap: 2}, do: j}]}
              - {name: j, action: core.noop, join: all}

            """;
        var ran = await _scratch.RunAsync("run", _scratch.Write("waits.yaml", Waiting), "-o", "json");
        using var end = JsonDocument.Parse(ran.Output);
        var id = end.RootElement.GetProperty("run_id").GetString()!;

        var shown = await _scratch.RunAsync("history", id, "--at", "2", "-o", "json");
        var text = await _scratch.RunAsync("history", id, "--at", "2");
        var ofA = await _scratch.RunAsync("history", id, "--at", "2", "--task", "a", "-o", "json");

        using var then = JsonDocument.Parse(shown.Output);
        Assert.Equal("""{"lap":1}""", then.RootElement.GetProperty("variables").GetRawText().ReplaceLineEndings("").Replace(" ", ""));
        var join = Assert.Single(then.RootElement.GetProperty("waiting_joins").EnumerateArray());
        Assert.Equal(("j", 1, 2), (join.GetProperty("task").GetString(), join.GetProperty("visit").GetInt32(), join.GetProperty("needed").GetInt32()));
        Assert.Equal(["a"], join.GetProperty("arrived").EnumerateArray().Select(one => one.GetString()));
        Assert.Equal(["late"], join.GetProperty("missing").EnumerateArray().Select(one => one.GetString()));
        var due = Assert.Single(then.RootElement.GetProperty("due").EnumerateArray());
        Assert.Equal(("delay", "late", 1), (due.GetProperty("kind").GetString(), due.GetProperty("task").GetString(), due.GetProperty("visit").GetInt32()));
        Assert.False(due.GetProperty("is_suspended").GetBoolean());
        Assert.Contains("\nwaits: j/1 for 2 tasks; arrived: a; missing: late\n", text.Output, StringComparison.Ordinal);
        Assert.Matches("(?m)^due: beginning of late/1 after its delay at 2", text.Output);
        Assert.Contains("\nvariables: {\"lap\":1}\n", text.Output, StringComparison.Ordinal);
        Assert.Empty(JsonDocument.Parse(ofA.Output).RootElement.GetProperty("waiting_joins").EnumerateArray());
        Assert.Equal(2, end.RootElement.GetProperty("variables").GetProperty("lap").GetInt32());
        Assert.Empty(end.RootElement.GetProperty("due").EnumerateArray());
    }

    [Fact]
    public async Task Explain_tells_of_one_visit_and_refuses_one_that_there_is_not()
    {
        var id = await RunTwoAsync();

        var first = await _scratch.RunAsync("explain", id, "b", "--visit", "1");
        var second = await _scratch.RunAsync("explain", id, "b", "--visit", "2");

        Assert.Equal((await _scratch.RunAsync("explain", id, "b")).Output, first.Output);
        Assert.Equal((2, ""), (second.ExitCode, second.Output));
        Assert.Contains(
            $"error visit.none: There is no visit 2 of task 'b': in run '{id}' it has 1 visit.", second.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_says_why_tasks_ran()
    {
        var id = await RunTwoAsync();

        var whole = await _scratch.RunAsync("explain", id[..6]);
        var one = await _scratch.RunAsync("explain", id, "b", "-o", "json");
        var none = await _scratch.RunAsync("explain", id, "c");

        Assert.Matches($"^Run {id} of two ended completed at 2.*\\.\n\na:\n  a/1 began at 2.*\n  It ended at .*\n  Transition 1 fired and led to b\\.\n\nb:\n", whole.Output);
        using var json = JsonDocument.Parse(one.Output);
        Assert.Equal(
            ["opened b 1", "ended b 1"],
            json.RootElement.EnumerateArray().Select(told =>
                $"{told.GetProperty("kind").GetString()} {told.GetProperty("task").GetString()} {told.GetProperty("visit").GetInt32()}"));
        Assert.Equal(2, none.ExitCode);
        Assert.Contains("error task.none", none.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_tells_what_the_author_tells_people()
    {
        const string About = "label: Two steps\nversion: 1.10\ndescription: |\n  One\n  after the other\ntags: [x, y]\n";
        await _scratch.RunAsync("run", _scratch.Write("told.yaml", About + Workflow));
        var id = JsonDocument.Parse((await _scratch.RunAsync("runs", "-o", "json")).Output)
            .RootElement[0].GetProperty("run_id").GetString()!;

        var shown = await _scratch.RunAsync("show", id);

        Assert.Contains("\nlabel: Two steps\nversion: 1.10\ndescription: One", shown.Output);
        Assert.Contains("after the other", shown.Output);
        Assert.Contains("\ntags: x, y\nstatus: completed\n", shown.Output);
    }

    [Fact]
    public async Task Runs_are_listed_newest_first_up_to_the_limit()
    {
        _scratch.Write("one.yaml", Workflow);
        _scratch.Write("two.yaml", Workflow);
        await _scratch.RunAsync("run", "one.yaml");
        await _scratch.RunAsync("run", "two.yaml");

        var runs = await _scratch.RunAsync("runs");
        Assert.Equal(["two", "one"], runs.Output.Split('\n')[1..3].Select(line => line.Split("  ")[1].Trim()));
        Assert.Equal(3, (await _scratch.RunAsync("runs", "--limit", "1")).Output.Split('\n').Length);
    }

    [Fact]
    public async Task What_a_process_that_died_did_not_write_in_the_rows_is_read_from_the_journal()
    {
        await _scratch.RunAsync("run", _scratch.Write("one.yaml", Workflow));
        await _scratch.RunAsync("run", _scratch.Write("two.yaml", Workflow));
        await _scratch.RunAsync("run", _scratch.Write("three.yaml", Workflow));
        var before = await _scratch.RunAsync("runs", "-o", "json");

        Change("DELETE FROM run WHERE workflow = 'one'");
        Change("UPDATE run SET status = 'running', ended = 0, ended_at = NULL WHERE workflow = 'two'");

        Assert.Equal(before.Output, (await _scratch.RunAsync("runs", "-o", "json")).Output);
        Assert.Contains("\"two\"", (await _scratch.RunAsync("runs", "-o", "json", "--limit", "2")).Output);
        Assert.DoesNotContain("\"one\"", (await _scratch.RunAsync("runs", "-o", "json", "--limit", "2")).Output);
        Assert.Contains("nothing is unfinished", (await _scratch.RunAsync("resume")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_is_not_there_and_an_id_that_several_share_are_2()
    {
        await _scratch.RunAsync("run", _scratch.Write("two.yaml", Workflow));
        await _scratch.RunAsync("run", "two.yaml");

        var unknown = await _scratch.RunAsync("show", "zzz");
        Assert.Equal((2, ""), (unknown.ExitCode, unknown.Output));
        Assert.Contains("error run.unknown", unknown.Error, StringComparison.Ordinal);

        var ambiguous = await _scratch.RunAsync("show", "");
        Assert.Equal(2, ambiguous.ExitCode);
        Assert.Contains("error run.ambiguous", ambiguous.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("runs")]
    [InlineData("show", "x")]
    [InlineData("history", "x")]
    [InlineData("explain", "x")]
    [InlineData("resume")]
    public async Task Without_a_data_directory_there_is_nothing_to_read_and_none_is_made(params string[] arguments)
    {
        var ended = await _scratch.RunAsync([.. arguments, "--data", "nowhere"]);

        Assert.Equal((2, ""), (ended.ExitCode, ended.Output));
        Assert.Contains("error data.none", ended.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_scratch.Folder, "nowhere")));
    }

    [Fact]
    public async Task When_nothing_is_unfinished_resume_says_so_and_is_0()
    {
        await _scratch.RunAsync("run", _scratch.Write("two.yaml", Workflow));

        var ended = await _scratch.RunAsync("resume", "-o", "json");

        Assert.Equal((0, "[]\n"), (ended.ExitCode, ended.Output));
        Assert.Contains("nothing is unfinished", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_data_directory_is_2_without_a_stack_trace_unless_asked_for()
    {
        Directory.CreateDirectory(Path.Combine(_scratch.Folder, "broken"));
        _scratch.Write(Path.Combine("broken", "executor.db"), new string('x', 5000));
        _scratch.Write(Path.Combine("broken", "journal.db"), new string('x', 5000));

        var ended = await _scratch.RunAsync("runs", "--data", "broken");
        Assert.Equal((2, ""), (ended.ExitCode, ended.Output));
        Assert.DoesNotContain("   at ", ended.Error, StringComparison.Ordinal);

        var debugged = await _scratch.RunAsync("runs", "--data", "broken", "--debug");
        Assert.Contains("   at ", debugged.Error, StringComparison.Ordinal);
    }

    private async Task<string> RunTwoAsync()
    {
        var run = await _scratch.RunAsync("run", _scratch.Write("two.yaml", Workflow), "-o", "json");
        using var json = JsonDocument.Parse(run.Output);
        return json.RootElement.GetProperty("run_id").GetString()!;
    }

    private static int[] Sequences(string history)
    {
        using var json = JsonDocument.Parse(history);
        return [.. json.RootElement.EnumerateArray().Select(entry => entry.GetProperty("sequence").GetInt32())];
    }

    private static string[] Events(string history)
    {
        using var json = JsonDocument.Parse(history);
        return
        [
            .. json.RootElement.EnumerateArray().SelectMany(entry => entry.GetProperty("events").EnumerateArray())
                .Select(happened => happened.EnumerateObject().First().Name),
        ];
    }

    private void Change(string sql)
    {
        var file = Path.Combine(_scratch.Folder, ".executor", "executor.db");
        using var database = new SqliteConnection($"Data Source={file};Pooling=False");
        database.Open();
        using var change = database.CreateCommand();
        change.CommandText = sql;
        Assert.Equal(1, change.ExecuteNonQuery());
    }
}
