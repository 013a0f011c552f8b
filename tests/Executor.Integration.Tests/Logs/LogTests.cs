using System.Text.Json.Nodes;
using Akka.Actor;
using Akka.Event;
using Executor.Core.Runs;
using Executor.Host.Logs;
using Executor.Integration.Tests.Cli;

namespace Executor.Integration.Tests.Logs;

/// <summary>What processes say, as whatever collects it reads it.</summary>
public sealed class LogTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2030, 1, 2, 12, 0, 0, TimeSpan.Zero);
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void A_line_has_its_fields_beside_its_sentence_and_a_slot_in_its_parts()
    {
        var line = Line(
            "Request is lost", new IOException("away"), ("RunId", new RunId("run-1")), ("Slot", new Slot("build", 2, 7, 3)),
            ("DispatchId", "d-1"), ("Count", 5), ("Message", "of somebody else"));

        Assert.Equal(
            """
            {"time":"2030-01-02T12:00:00.0000000Z","level":"warning","logger":"Test","message":"Request is lost","error":"IOException: away","run_id":"run-1","task":"build","visit":2,"item":7,"attempt":3,"dispatch_id":"d-1","count":5}
            """,
            line.ToJson());
        Assert.Equal("12:00:00.000 warning Request is lost: IOException: away", line.ToText());
    }

    [Fact]
    public void Whatever_is_said_it_stays_one_line_of_JSON()
    {
        var text = "a\r\nb\u001b[31m \" \\ \u2028 \ud83d\ude00";

        var json = Line(text, null, ("Text", text)).ToJson();

        Assert.DoesNotContain(json, char.IsControl);
        Assert.Equal((text, text), ((string)JsonNode.Parse(json)!["message"]!, (string)JsonNode.Parse(json)!["text"]!));
    }

    [Fact]
    public async Task What_an_actor_says_about_a_run_bears_its_id()
    {
        using var system = ActorSystem.Create("logs", "akka { loggers = [], stdout-loglevel = OFF }");
        using var inbox = Inbox.Create(system);
        system.EventStream.Subscribe(inbox.Receiver, typeof(Warning));

        Logging.GetLogger(system, "test").Warning(
            "Result of {Slot} of run {RunId} came {Count} times", new Slot("build", 1, Slot.NoItem, 1), new RunId("run-1"), 2);

        var said = (LogEvent)await inbox.ReceiveAsync(TimeSpan.FromSeconds(60));
        var line = JsonNode.Parse(AkkaLine.Of(said).ToJson())!;
        Assert.StartsWith("test", (string)line["logger"]!, StringComparison.Ordinal);
        Assert.Equal("Result of build/1/1 of run run-1 came 2 times", (string)line["message"]!);
        Assert.Equal(("warning", "run-1", "build", 2), ((string)line["level"]!, (string)line["run_id"]!, (string)line["task"]!, (int)line["count"]!));
    }

    [Fact]
    [Trait("lesson", "9.9")]
    public async Task A_server_that_logs_JSON_says_nothing_else_and_tells_of_no_trouble_when_it_is_stopped()
    {
        using var server = Executable.Start(
            _scratch.Folder, "serve", "--data", "d", "--listen", "http://127.0.0.1:0", "--log-format", "json");
        var first = await server.StandardError.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1));
        while (!first!.Contains("listening on", StringComparison.Ordinal))
        {
            Assert.NotNull(JsonNode.Parse(first));
            first = await server.StandardError.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1));
        }

        Signals.CtrlC(server);
        var ended = await Executable.EndAsync(server);

        Assert.Equal((0, ""), (ended.ExitCode, ended.Output));
        Assert.Equal(("info", "executor"), ((string)JsonNode.Parse(first)!["level"]!, (string)JsonNode.Parse(first)!["logger"]!));
        Assert.All(ended.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line =>
            Assert.Equal("info", (string)JsonNode.Parse(line)!["level"]!));
    }

    [Fact]
    public async Task What_stops_a_worker_that_logs_JSON_is_told_with_its_code()
    {
        using var worker = Executable.StartWith(
            new Dictionary<string, string> { ["EXECUTOR__RABBITMQ"] = "amqp://far.example/" },
            _scratch.Folder, "work", "--log-format", "json");

        var ended = await Executable.EndAsync(worker);

        Assert.Equal(2, ended.ExitCode);
        var line = JsonNode.Parse(ended.Error.TrimEnd())!;
        Assert.Equal(("error", "settings.value"), ((string)line["level"]!, (string)line["code"]!));
    }

    private static LogLine Line(string message, Exception? cause, params (string Name, object? Value)[] fields) => new(
        Noon, "warning", "Test", message, cause, [.. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))]);
}
