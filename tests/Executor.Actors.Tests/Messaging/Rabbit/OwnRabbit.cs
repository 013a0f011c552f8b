using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Executor.Actors.Tests.Messaging.Rabbit;

/// <summary>A broker that only one test uses, because it breaks it.</summary>
internal sealed class OwnRabbit : IAsyncDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("executor-mq-").FullName;

    public RabbitServer Server { get; private set; } = null!;

    /// <summary>For the first time, or after it was killed: with the same data, at the same addresses.</summary>
    public async Task StartAsync()
    {
        await ScriptAsync("start");
        var variables = (await File.ReadAllLinesAsync(Path.Combine(Folder, "rabbitmq.env")))
            .Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        Server ??= new RabbitServer(variables["EXECUTOR_TEST_RABBITMQ"], variables["EXECUTOR_TEST_RABBITMQ_HTTP"]);
    }

    public Task KillAsync() => ScriptAsync("kill");

    /// <summary>Of a broker that was killed: all that it has ever kept is gone.</summary>
    public void Wipe()
    {
        var data = Path.Combine(Folder, "rabbitmq", "mnesia");
        Directory.Delete(data, recursive: true);
        Directory.CreateDirectory(data);
    }

    /// <summary>That quorum queue answers nothing any more, while the broker answers as ever.</summary>
    public Task HushAsync(string vhost, string queue) => ScriptAsync("hush", vhost, queue);

    public async ValueTask DisposeAsync()
    {
        await ScriptAsync("stop");
        Directory.Delete(Folder, recursive: true);
    }

    private async Task ScriptAsync(string verb, string first = "", string second = "", [CallerFilePath] string here = "")
    {
        var script = Path.Combine(Path.GetDirectoryName(here)!, "../../../servers/rabbitmq");
        string[] arguments = [verb, Folder, .. new[] { first, second }.Where(argument => argument.Length > 0)];
        var start = new ProcessStartInfo(script, arguments) { RedirectStandardError = true };
        using var running = Process.Start(start)!;
        var said = await running.StandardError.ReadToEndAsync();
        await running.WaitForExitAsync();
        Assert.True(running.ExitCode == 0, $"servers/rabbitmq {verb}: {said}");
    }
}
