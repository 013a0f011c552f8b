using System.CommandLine;
using Executor.Host.Api;
using Executor.Host.Local;
using Executor.Host.Logs;
using Executor.Host.Output;
using Executor.Host.Serving;
using Executor.Host.Settings;

namespace Executor.Host.Verbs;

/// <summary>A server: the engine and its HTTP API, alone with SQLite or as a node of a cluster.</summary>
internal static class ServeVerb
{
    public static Command Create()
    {
        var data = new Option<string?>("--data") { Description = $"The same as {HostSettings.Data}.", HelpName = "DIR" };
        var listen = new Option<string?>("--listen") { Description = $"The same as {HostSettings.Listen}.", HelpName = "URL" };
        var format = new Option<string?>("--log-format")
        {
            Description = $"The same as {HostSettings.LogFormat}.",
            HelpName = "text|json",
        };
        var print = new Option<bool>("--print-config")
        {
            Description = "Shows every setting as it holds, without secrets, and stops.",
        };
        var command = new Command(
            "serve",
            "Runs a server until it is told to stop: with SQLite and a worker of its own, or, where PostgreSQL and RabbitMQ "
            + "are set, as a node of a cluster.\n\nSettings (environment variables):\n"
            + string.Join('\n', HostSettings.Serve.Select(Line)))
        {
            data, listen, format, print,
        };
        command.SetAction(async (parsed, _) =>
        {
            var environment = SettingsReader.Environment().ToDictionary(StringComparer.Ordinal);
            Replace(environment, HostSettings.Data, parsed.GetValue(data));
            Replace(environment, HostSettings.Listen, parsed.GetValue(listen));
            Replace(environment, HostSettings.LogFormat, parsed.GetValue(format));
            var settings = HostSettings.Read(HostSettings.Serve, environment);
            var options = ServeOptions.Read(settings);
            if (parsed.GetValue(print))
            {
                ResultText.Write(string.Join('\n', settings.Lines()));
                return ExitCode.Completed;
            }

            return await ServeAsync(options);
        });
        return command;
    }

    /// <returns>Completed when it was told to stop; failed when the system stopped by itself.</returns>
    private static async Task<int> ServeAsync(ServeOptions options)
    {
        LogOutput.Choose(options.LogFormat);
        using var interruption = new Interruption();
        try
        {
            return await ServeAsync(options, interruption);
        }
        catch (OperationCanceledException) when (interruption.Asked.IsCancellationRequested)
        {
            // Told to stop before it had begun: as while it waited to be let into its cluster.
            return ExitCode.Completed;
        }
    }

    private static async Task<int> ServeAsync(ServeOptions options, Interruption interruption)
    {
        await using var server = await ServerStart.StartAsync(options, interruption.Asked);
        await using var api = ApiServer.Build(server, options);
        await api.StartAsync(interruption.Asked);
        Talk.Line($"listening on {string.Join(' ', api.Urls)}; {server.Description}");
        return await ServerLife.UntilEndAsync(server.Engine.WhenStopped, api, interruption.Asked);
    }

    private static void Replace(Dictionary<string, string> environment, string name, string? value)
    {
        if (value is not null)
        {
            environment[name] = value;
        }
    }

    private static string Line(Setting setting) => $"  {setting.Name}: {setting.Help}"
        + (setting.Default is { } value && setting.Name != HostSettings.Node ? $" [{value}]" : "");
}
