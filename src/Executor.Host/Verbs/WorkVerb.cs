using System.CommandLine;
using System.ComponentModel.DataAnnotations;
using Executor.Host.Local;
using Executor.Host.Logs;
using Executor.Host.Output;
using Executor.Host.Serving;
using Executor.Host.Settings;
using Executor.Host.Telemetry;
using Executor.Messaging;
using Executor.Messaging.Amqp;
using Executor.Worker;
using Executor.Worker.Actions;
using Executor.Worker.Runners;

namespace Executor.Host.Verbs;

/// <summary>A worker process: a broker and nothing else; no database, no cluster.</summary>
internal static class WorkVerb
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    public static Command Create()
    {
        var pools = new Option<string?>("--pools") { Description = $"The same as {HostSettings.WorkerPools}.", HelpName = "POOL,..." };
        var parallelism = new Option<string?>("--parallelism")
        {
            Description = $"The same as {HostSettings.WorkerParallelism}.",
            HelpName = "N",
        };
        var format = new Option<string?>("--log-format")
        {
            Description = $"The same as {HostSettings.LogFormat}.",
            HelpName = "text|json",
        };
        var command = new Command(
            "work",
            "Runs a worker with the core actions until it is told to stop; then it finishes what it has in hand. It waits "
            + "for its broker as long as it takes.\n\nSettings (environment variables):\n"
            + string.Join('\n', HostSettings.Work.Select(setting =>
                $"  {setting.Name}: {setting.Help}{(setting.Default is { } value ? $" [{value}]" : "")}")))
        {
            pools, parallelism, format,
        };
        command.SetAction(async (parsed, _) =>
        {
            var environment = SettingsReader.Environment().ToDictionary(StringComparer.Ordinal);
            Replace(environment, HostSettings.WorkerPools, parsed.GetValue(pools));
            Replace(environment, HostSettings.WorkerParallelism, parsed.GetValue(parallelism));
            Replace(environment, HostSettings.LogFormat, parsed.GetValue(format));
            return await WorkAsync(HostSettings.Read(HostSettings.Work, environment));
        });
        return command;
    }

    private static async Task<int> WorkAsync(SettingsReader settings)
    {
        LogOutput.Choose(settings.Word<LogFormat>(HostSettings.LogFormat));
        var level = settings.Word<LogWord>(HostSettings.LogLevel).ToString().ToUpperInvariant();
        await using var log = new OwnedLog(level);
        using var interruption = new Interruption();
        var options = OptionsOf(settings);
        var broker = Broker.OptionsOf(
            settings.Required(HostSettings.RabbitMq), settings.Text(HostSettings.RabbitMqAuthority),
            settings.Flag(HostSettings.Plaintext), $"worker:{options.Name}",
            HostSettings.SilenceOf(settings));
        try
        {
            using var measuring = Measuring.Start(options.Name);
            await using var messaging = await ConnectAsync(broker, options, log, interruption.Asked);
            Talk.Line($"worker {options.Name} takes up to {options.Parallelism} tasks of {string.Join(", ", options.Pools)}");
            var loop = new WorkerLoop(
                messaging.Link, new ActionCatalog(CoreActions.All(options)), options,
                log: log.For<WorkerLoop>());
            await loop.RunAsync(interruption.Asked);
            return ExitCode.Completed;
        }
        catch (OperationCanceledException) when (interruption.Asked.IsCancellationRequested)
        {
            return ExitCode.Completed;
        }
        catch (AmqpTopologyException wrong)
        {
            throw new Unusable("broker.unusable", wrong.Message);
        }
        catch (ValidationException wrong)
        {
            throw new Unusable("settings.value", wrong.Message, "see: executor work --help");
        }
    }

    /// <summary>A worker may be started before its broker, and waits.</summary>
    private static async Task<WorkerMessaging> ConnectAsync(
        AmqpOptions broker, WorkerOptions options, OwnedLog log, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                return await RabbitMessaging.ForWorkerAsync(
                    broker, options.Pools, stop, log: log.For<WorkerMessaging>());
            }
            catch (AmqpUnavailableException away)
            {
                Talk.Line($"the broker is not ready yet: {away.Message}");
                await Task.Delay(Pause, stop);
            }
        }
    }

    internal static WorkerOptions OptionsOf(SettingsReader settings)
    {
        var options = WorkerSettings.Read(settings);
        options.Pools = settings.List(HostSettings.WorkerPools);
        options.Parallelism = settings.Number(HostSettings.WorkerParallelism, 1, 10_000);
        options.Heartbeat = settings.Duration(
            HostSettings.WorkerHeartbeat, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
        options.DrainLimit = settings.Duration(HostSettings.WorkerDrain, TimeSpan.Zero, TimeSpan.FromDays(1));
        options.Name = settings.Text(HostSettings.WorkerName) ?? options.Name;
        return options;
    }

    private static void Replace(Dictionary<string, string> environment, string name, string? value)
    {
        if (value is not null)
        {
            environment[name] = value;
        }
    }
}
