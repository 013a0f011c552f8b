using System.Diagnostics;
using System.Text.Json;
using Executor.Core;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Host.Local;
using Executor.Integration.Tests.Api;

namespace Executor.Integration.Tests.Cli;

/// <summary>Runs that ask people, on the command line.</summary>
public sealed class AskingTests : IDisposable
{
    private const string Approval =
        """
        ref: test.approval
        tasks:
          - name: approve
            action: core.ask
            input:
              prompt: Release it?
              response_schema: {approve: {type: boolean, required: true}, reason: {type: string}}
        output_map: {said: "{{ task.approve.response }}"}
        """;

    private const string Choice =
        """
        tasks: [{name: ask, action: core.ask, input: {prompt: "Which colour?", options: [blue, red]}}]
        output_map: {said: "{{ task.ask.response }}"}
        """;

    private const string Free =
        """
        tasks: [{name: ask, action: core.ask, input: {prompt: "What is it?"}}]
        output_map: {said: "{{ task.ask.response }}"}
        """;

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_run_without_a_terminal_says_how_to_answer_and_goes_on_with_the_first_valid_answer_of_another_shell()
    {
        _scratch.Write("ask.yaml", Approval);
        using var run = Executable.Start(_scratch.Folder, "run", "ask.yaml", "-o", "json");
        var said = await SaidAsync(run, "to answer: ");
        var id = said.Split("question ")[1].Split(':')[0];
        Assert.EndsWith($"question {id}: Release it?; to answer: executor answer {id} -v approve=VALUE", said, StringComparison.Ordinal);

        var listed = await _scratch.RunAsync("inquiries", "-o", "json");
        var wrong = await _scratch.RunAsync("answer", id, "-v", "approve=perhaps", "-v", "why=x");
        var right = await _scratch.RunAsync("answer", id[..6], "-v", "approve=true", "-v", "reason=tested");
        var output = run.StandardOutput.ReadToEndAsync();
        await run.WaitForExitAsync();
        var late = await _scratch.RunAsync("answer", id, "-v", "approve=false");

        using var open = JsonDocument.Parse(listed.Output);
        Assert.Equal(id, Assert.Single(open.RootElement.EnumerateArray()).GetProperty("inquiry_id").GetString());
        Assert.Equal(2, wrong.ExitCode);
        Assert.Contains("/approve Expected boolean, not a string.", wrong.Error, StringComparison.Ordinal);
        Assert.Contains("/why There is no parameter 'why'.", wrong.Error, StringComparison.Ordinal);
        Assert.True(right.ExitCode == 0, right.Error);
        Assert.Contains("answered; run ", right.Error, StringComparison.Ordinal);
        Assert.Equal("""{"said":{"approve":true,"reason":"tested"}}""", OutputOf(await output));
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("APPROVE", (await _scratch.RunAsync("inquiries", "--all")).Output.ToUpperInvariant(), StringComparison.Ordinal);
        Assert.Equal(2, late.ExitCode);
        Assert.Contains("error inquiry.closed", late.Error, StringComparison.Ordinal);
        var shortened = await _scratch.RunAsync("answer", id[..6], "-v", "approve=false");
        Assert.Equal(late with { Error = shortened.Error }, shortened);
        Assert.Contains("error inquiry.closed", shortened.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_who_answer_at_once_the_second_hears_that_another_was_first_though_the_run_ends_with_it()
    {
        _scratch.Write("ask.yaml", Choice);
        using var run = Executable.Start(_scratch.Folder, "run", "ask.yaml", "-o", "json");
        var id = (await SaidAsync(run, "to answer: ")).Split("question ")[1].Split(':')[0];

        var both = await Task.WhenAll(_scratch.RunAsync("answer", id, "red"), _scratch.RunAsync("answer", id, "blue"));
        var output = OutputOf(await run.StandardOutput.ReadToEndAsync());

        var first = both.Single(ended => ended.ExitCode == 0);
        var second = both.Single(ended => ended.ExitCode == 2);
        Assert.Contains("answered; run ", first.Error, StringComparison.Ordinal);
        Assert.Contains("error inquiry.closed", second.Error, StringComparison.Ordinal);
        Assert.Equal(both[0] == first ? """{"said":"red"}""" : """{"said":"blue"}""", output);
    }

    [Fact]
    public async Task An_answer_that_nobody_is_left_to_take_is_refused_as_soon_as_the_question_is_closed()
    {
        var (id, row) = await LeftOpenAsync();
        using var held = DataDirectory.Hold(Path.Combine(_scratch.Folder, ".executor"));
        await using var stores = await held.OpenAsync();
        var late = _scratch.RunAsync("answer", id, "blue");
        await Waiting.ForAsync(
            () => stores.Offers.UndecidedAsync(0, 10, CancellationToken.None).GetAwaiter().GetResult().Count == 1,
            "the answer to be left");

        await stores.Inquiries.WriteAsync(
            [row with { Sequence = row.Sequence + 1, Status = SlotStatus.Completed, ClosedAt = row.OpenedAt, Response = Value.Of("red"), RespondedBy = "other" }],
            CancellationToken.None);

        Assert.Equal(2, (await late).ExitCode);
        Assert.Contains("error inquiry.closed", (await late).Error, StringComparison.Ordinal);
        Assert.Empty(await stores.Offers.UndecidedAsync(0, 10, CancellationToken.None));
    }

    [Fact]
    public async Task Of_two_answers_to_a_run_that_nobody_has_in_hand_the_second_hears_of_the_first_unless_it_is_the_same()
    {
        var (id, _) = await LeftOpenAsync();

        var first = await _scratch.RunAsync("answer", id, "red");
        var same = await _scratch.RunAsync("answer", id, "red");
        var other = await _scratch.RunAsync("answer", id, "blue");
        var resumed = await _scratch.RunAsync("resume", "-o", "json");

        Assert.Equal((0, 0, 2), (first.ExitCode, same.ExitCode, other.ExitCode));
        Assert.Contains("error inquiry.closed", other.Error, StringComparison.Ordinal);
        Assert.Contains($"has been answered by {Environment.UserName} before", other.Error, StringComparison.Ordinal);
        Assert.Equal("""{"said":"red"}""", OutputOf(resumed.Output));
    }

    [Fact]
    public async Task Questions_and_the_runs_that_they_are_of_are_named_by_the_beginnings_of_their_ids()
    {
        _scratch.Write("ask.yaml", "tasks: [{name: ask, action: core.ask, with_items: '{{ range(40) }}', concurrency: 40, input: {prompt: 'Well?', default_response: 1}, timeout: 1}]");
        await _scratch.RunAsync("run", "ask.yaml");
        using var all = JsonDocument.Parse((await _scratch.RunAsync("inquiries", "--all", "-o", "json")).Output);
        var ids = all.RootElement.EnumerateArray().Select(one => one.GetProperty("inquiry_id").GetString()!).ToList();
        var shared = ids.GroupBy(id => id[..1]).First(group => group.Count() > 1);
        var run = all.RootElement[0].GetProperty("run_id").GetString()!;

        var ambiguous = await _scratch.RunAsync("answer", shared.Key, "1");
        var ofRun = await _scratch.RunAsync("inquiries", "--all", "--run", run[..5], "-o", "json");
        var ofNone = await _scratch.RunAsync("inquiries", "--all", "--run", "none");

        Assert.Equal((2, 0, 2), (ambiguous.ExitCode, ofRun.ExitCode, ofNone.ExitCode));
        Assert.Contains($"error inquiry.ambiguous: several questions begin with '{shared.Key}': ", ambiguous.Error, StringComparison.Ordinal);
        Assert.Contains(shared, id => ambiguous.Error.Contains(id, StringComparison.Ordinal));
        Assert.Equal(all.RootElement.GetRawText() + "\n", ofRun.Output);
        Assert.Contains("error run.unknown", ofNone.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_to_a_run_that_nobody_has_in_hand_is_kept_until_it_is_resumed()
    {
        _scratch.Write("ask.yaml", Choice);
        using (var run = Executable.Start(_scratch.Folder, "run", "ask.yaml"))
        {
            await SaidAsync(run, "to answer: ");
            run.Kill();
            await run.WaitForExitAsync();
        }

        using var open = JsonDocument.Parse((await _scratch.RunAsync("inquiries", "-o", "json")).Output);
        var id = open.RootElement[0].GetProperty("inquiry_id").GetString()!;
        var wrong = await _scratch.RunAsync("answer", id, "green");
        var answered = await _scratch.RunAsync("answer", id, "red");
        var resumed = await _scratch.RunAsync("resume", "-o", "json");

        Assert.Equal((2, 0), (wrong.ExitCode, answered.ExitCode));
        Assert.Contains("the answer is kept; run ", answered.Error, StringComparison.Ordinal);
        Assert.True(resumed.ExitCode == 0, resumed.Error);
        Assert.Equal("""{"said":"red"}""", OutputOf(resumed.Output));
        Assert.Equal("[]", (await _scratch.RunAsync("inquiries", "-o", "json")).Output.Trim());
    }

    [Fact]
    public async Task An_answer_that_was_given_in_time_counts_after_it_and_one_that_comes_late_is_refused()
    {
        _scratch.Write(
            "ask.yaml",
            """
            tasks:
              - {name: begin, action: core.noop, next: [{do: [quick, slow]}]}
              - {name: quick, action: core.ask, timeout: 12, input: {prompt: "In time?", default_response: no answer}}
              - {name: slow, action: core.ask, timeout: 12, input: {prompt: "Too late?", default_response: no answer}}
            output_map: {quick: "{{ task.quick }}", slow: "{{ task.slow.response }}"}
            """);
        using (var run = Executable.Start(_scratch.Folder, "run", "ask.yaml"))
        {
            await SaidAsync(run, "to answer: ");
            await OpenAsync(2);
            run.Kill();
            await run.WaitForExitAsync();
        }

        var rows = (await OpenAsync(2)).ToDictionary(row => row.Slot.Task);
        var due = rows.Values.Max(row => row.DueAt)!.Value;
        var kept = await _scratch.RunAsync("answer", rows["quick"].Id.Text, "yes");
        await Waiting.ForAsync(() => DateTimeOffset.UtcNow > due, "the time to be up");
        var late = await _scratch.RunAsync("answer", rows["slow"].Id.Text, "yes");
        var resumed = await _scratch.RunAsync("resume", "-o", "json");

        Assert.Equal((0, 2), (kept.ExitCode, late.ExitCode));
        Assert.Contains("error inquiry.closed", late.Error, StringComparison.Ordinal);
        Assert.Contains("its time was up at ", late.Error, StringComparison.Ordinal);
        using var ended = JsonDocument.Parse(resumed.Output);
        var output = ended.RootElement.GetProperty("output");
        Assert.Equal("no answer", output.GetProperty("slow").GetString());
        Assert.Equal("yes", output.GetProperty("quick").GetProperty("response").GetString());
        Assert.True(output.GetProperty("quick").GetProperty("responded_at").GetDateTimeOffset() <= due);
    }

    [Fact]
    public async Task The_same_over_a_server()
    {
        await using var api = await ApiUnderTest.StartAsync();
        _scratch.Write("ask.yaml", Choice);
        string[] server = ["--server", api.Address.ToString()];
        using var run = Executable.Start(_scratch.Folder, ["run", "ask.yaml", "-o", "json", .. server]);
        var id = await OpenAsync(server);
        var said = await SaidAsync(run, "to answer: ");
        using var watch = Executable.Start(_scratch.Folder, ["watch", await RunOfAsync(server), .. server]);
        Assert.EndsWith(
            $"question {id}: Which colour?; to answer: executor answer {id} blue|red --server {api.Address}", said,
            StringComparison.Ordinal);
        Assert.Equal(said, await SaidAsync(watch, "to answer: "));

        var wrong = await _scratch.RunAsync(["answer", id, "green", .. server]);
        var right = await _scratch.RunAsync(["answer", id[..5], "blue", .. server]);
        var late = await _scratch.RunAsync(["answer", id, "red", .. server]);
        var output = await run.StandardOutput.ReadToEndAsync();
        await run.WaitForExitAsync();
        await watch.WaitForExitAsync();

        Assert.Equal((2, 0, 2), (wrong.ExitCode, right.ExitCode, late.ExitCode));
        Assert.Contains("error inquiry.closed", late.Error, StringComparison.Ordinal);
        Assert.Equal("""{"said":"blue"}""", OutputOf(output));
    }

    [Fact]
    public async Task On_a_terminal_the_question_is_asked_right_there()
    {
        _scratch.Write("ask.yaml", Free);
        _scratch.Write("person.sh", "until grep -q answer: typescript; do sleep 0.05; done 2> /dev/null; printf '42\\r'");
        _scratch.Write("asked.sh", $"stty cols 100 rows 30; TERM=xterm-256color '{Executable.Path}' run ask.yaml");
        using var process = Executable.StartOther(
            "sh", _scratch.Folder, "-c", "sh person.sh | script -qfec 'sh asked.sh' typescript");

        var ended = await Executable.EndAsync(process);

        Assert.True(ended.ExitCode == 0, ended.Output + ended.Error);
        Assert.Contains("What is it?", _scratch.Read("typescript"), StringComparison.Ordinal);
        var runs = JsonDocument.Parse((await _scratch.RunAsync("inquiries", "--all", "-o", "json")).Output).RootElement;
        Assert.Equal(42, runs[0].GetProperty("response").GetInt32());
    }

    [Theory]
    [InlineData("answer", "0")]
    [InlineData("answer", "0", "yes", "-v", "a=b")]
    public async Task What_is_no_answer_is_refused_with_advice(params string[] arguments)
    {
        _scratch.Write("noop.yaml", "tasks: [{name: a, action: core.noop}]");
        await _scratch.RunAsync("run", "noop.yaml");

        var ended = await _scratch.RunAsync(arguments);

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains("error inquiry.unknown: there is no question '0'", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_a_terminal_the_question_of_a_run_that_a_servers_run_calls_is_asked_right_there()
    {
        await using var api = await ApiUnderTest.StartAsync();
        using var stored = await api.StoreAsync(
            "ref: lib.asks\ntasks: [{name: ask, action: core.ask, input: {prompt: 'What is it?'}}]\noutput_map: {was: '{{ task.ask.response }}'}");
        _scratch.Write("main.yaml", "tasks: [{name: call, action: lib.asks}]\noutput_map: {was: '{{ task.call.was }}'}");
        _scratch.Write("person.sh", "until grep -q answer: typescript; do sleep 0.05; done 2> /dev/null; printf '42\\r'");
        _scratch.Write(
            "asked.sh",
            $"stty cols 100 rows 30; TERM=xterm-256color '{Executable.Path}' run main.yaml --server {api.Address} -o json > out.json");
        using var process = Executable.StartOther(
            "sh", _scratch.Folder, "-c", "sh person.sh | script -qfec 'sh asked.sh' typescript");

        var ended = await Executable.EndAsync(process);

        Assert.True(ended.ExitCode == 0, ended.Output + ended.Error);
        Assert.Equal("""{"was":42}""", OutputOf(_scratch.Read("out.json")));
    }

    /// <summary>A question of a run that nobody has in hand any more.</summary>
    private async Task<(string Id, InquiryRow Row)> LeftOpenAsync()
    {
        _scratch.Write("ask.yaml", Choice);
        using (var run = Executable.Start(_scratch.Folder, "run", "ask.yaml"))
        {
            await SaidAsync(run, "to answer: ");
            run.Kill();
            await run.WaitForExitAsync();
        }

        using var directory = DataDirectory.Read(Path.Combine(_scratch.Folder, ".executor"));
        await using var stores = await directory.OpenAsync();
        var row = Assert.Single(await stores.Inquiries.ListAsync(new InquiryQuery(10, OnlyOpen: true), CancellationToken.None));
        return (row.Id.Text, row);
    }

    /// <summary>The open questions of the data directory, once there are so many.</summary>
    private async Task<IReadOnlyList<InquiryRow>> OpenAsync(int count)
    {
        using var directory = DataDirectory.Read(Path.Combine(_scratch.Folder, ".executor"));
        await using var stores = await directory.OpenAsync();
        IReadOnlyList<InquiryRow> rows = [];
        await Waiting.ForAsync(
            () => (rows = stores.Inquiries.ListAsync(new InquiryQuery(10, OnlyOpen: true), CancellationToken.None).GetAwaiter().GetResult()).Count == count,
            $"{count} questions");
        return rows;
    }

    /// <summary>The id of the only question, once there is one.</summary>
    private async Task<string> OpenAsync(string[] server)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var listed = await _scratch.RunAsync(["inquiries", "-o", "json", .. server]);
            Assert.True(listed.ExitCode == 0, listed.Error);
            using var open = JsonDocument.Parse(listed.Output);
            if (open.RootElement.EnumerateArray().Select(one => one.GetProperty("inquiry_id").GetString()!).ToList() is [var id])
            {
                return id;
            }

            await Task.Delay(50, patience.Token);
        }
    }

    /// <summary>The id of the only run.</summary>
    private async Task<string> RunOfAsync(string[] server)
    {
        using var listed = JsonDocument.Parse((await _scratch.RunAsync(["runs", "-o", "json", .. server])).Output);
        return Assert.Single(listed.RootElement.EnumerateArray()).GetProperty("run_id").GetString()!;
    }

    /// <summary>Reads what is said until there is a line with this in it.</summary>
    private static async Task<string> SaidAsync(Process process, string wanted)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await process.StandardError.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.Contains(wanted, StringComparison.Ordinal))
            {
                _ = process.StandardError.ReadToEndAsync(CancellationToken.None);
                return line;
            }
        }

        throw new InvalidOperationException($"'{wanted}' was not said.");
    }

    private static string OutputOf(string json)
    {
        using var run = JsonDocument.Parse(json);
        return JsonSerializer.Serialize(run.RootElement.GetProperty("output"));
    }
}
