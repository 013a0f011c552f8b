using System.CommandLine;
using Executor.Host.Client;
using Executor.Host.Output;

namespace Executor.Host.Verbs;

/// <summary>Whether a server is ready, for supervisors that can only run a command.</summary>
internal static class HealthVerb
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    public static Command Create()
    {
        var server = new Option<string>("--server")
        {
            Description = $"The server; the same as {ServerOptions.AddressVariable}.",
            HelpName = "URL",
            DefaultValueFactory = _ =>
                Environment.GetEnvironmentVariable(ServerOptions.AddressVariable) ?? "http://127.0.0.1:8080",
        };
        var command = new Command("health", "Asks a server whether it is ready: exit code 0 if so, 1 if not.") { server };
        command.SetAction(async (parsed, stop) =>
        {
            var address = ServerOptions.Parse(parsed.GetRequiredValue(server));
            using var http = new HttpClient { Timeout = Patience };
            try
            {
                using var answer = await http.GetAsync(new Uri(address, "/health/ready"), stop);
                ResultText.Write(await answer.Content.ReadAsStringAsync(stop));
                return answer.IsSuccessStatusCode ? ExitCode.Completed : ExitCode.Failed;
            }
            catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
            {
                Talk.Error("server.unreachable", $"{address} does not answer: {fault.Message}");
                return ExitCode.Failed;
            }
        });
        return command;
    }
}
