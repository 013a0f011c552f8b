using System.Net;
using System.Text.RegularExpressions;
using Executor.Worker;

namespace Executor.Host.Settings;

/// <summary>What the actions of a worker may do, whichever verb it works in.</summary>
internal static class WorkerSettings
{
    public const string AllowLoopback = "EXECUTOR__WORKER__HTTP_ALLOW_LOOPBACK";
    public const string AllowPrivate = "EXECUTOR__WORKER__HTTP_ALLOW_PRIVATE";
    public const string AllowNetworks = "EXECUTOR__WORKER__HTTP_ALLOW_NETWORKS";
    public const string HttpTimeout = "EXECUTOR__WORKER__HTTP_TIMEOUT";
    public const string HttpBodyLimit = "EXECUTOR__WORKER__HTTP_BODY_LIMIT";
    public const string PassEnvironment = "EXECUTOR__WORKER__PASS_ENVIRONMENT";
    public const string AllowNewPrivileges = "EXECUTOR__WORKER__ALLOW_NEW_PRIVILEGES";
    public const string LimitMemory = "EXECUTOR__WORKER__LIMIT_MEMORY";
    public const string LimitProcessorTime = "EXECUTOR__WORKER__LIMIT_PROCESSOR_TIME";
    public const string LimitFileSize = "EXECUTOR__WORKER__LIMIT_FILE_SIZE";
    public const string LimitOpenFiles = "EXECUTOR__WORKER__LIMIT_OPEN_FILES";
    public const string LimitProcesses = "EXECUTOR__WORKER__LIMIT_PROCESSES";

    /// <summary>For the help of verbs that have a worker inside and no settings of their own.</summary>
    public const string Help =
        "What actions may do is set as for a worker (EXECUTOR__WORKER__HTTP_ALLOW_LOOPBACK and others); see: executor work --help.";

    private const long LargestSize = 1024L << 40;

    private static readonly Regex VariableName = new("^[A-Za-z_][A-Za-z0-9_]*$", RegexOptions.NonBacktracking);

    public static readonly IReadOnlyList<Setting> All =
    [
        new(AllowLoopback, "true lets core.http_request call this machine: 127.0.0.0/8 and ::1.", "false"),
        new(AllowPrivate, "true lets it call private networks: 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, fc00::/7.", "false"),
        new(AllowNetworks, "Further networks that it may call, with commas: 100.64.0.0/10,fd00:1::/32."),
        new(HttpTimeout, "For a whole call where its input names no timeout; 1ms to 1h.", "30s"),
        new(HttpBodyLimit, "Of an answer's body; a larger one is a failed attempt; 1 byte to 100MiB.", "10MiB"),
        new(PassEnvironment, "Variables that programs of core.shell get from the worker, with commas; none of the executor's own.",
            string.Join(',', new WorkerOptions().PassEnvironment)),
        new(AllowNewPrivileges, "true lets programs gain rights by being started, as sudo does.", "false"),
        new(LimitMemory, "Memory that one process of a program may map; 1MiB to 1024TiB; needs prlimit, as each limit."),
        new(LimitProcessorTime, "Processor time of one process, in whole seconds; 1s to 8760h."),
        new(LimitFileSize, "Of one file that a process writes; 0 to 1024TiB."),
        new(LimitOpenFiles, "Files that one process may have open; 16 to 1048576."),
        new(LimitProcesses, "Processes and threads of the worker's user on the whole machine; 1 to 4194304."),
    ];

    /// <returns>Everything else about the worker is as it is by default.</returns>
    /// <exception cref="Unusable">A value that cannot be used, by the name of its setting.</exception>
    public static WorkerOptions Read(SettingsReader settings) => new()
    {
        PassEnvironment = ReadVariables(settings),
        Programs = new ProcessOptions
        {
            AddressSpace = Given(settings, LimitMemory, name => settings.Size(name, 1L << 20, LargestSize)),
            ProcessorSeconds = Given(settings, LimitProcessorTime, name => ReadSeconds(settings, name)),
            FileSize = Given(settings, LimitFileSize, name => settings.Size(name, 0, LargestSize)),
            OpenFiles = Given(settings, LimitOpenFiles, name => settings.Number(name, 16, 1_048_576)),
            Processes = Given(settings, LimitProcesses, name => settings.Number(name, 1, 4_194_304)),
            AllowNewPrivileges = settings.Flag(AllowNewPrivileges),
        },
        Http = new HttpOptions
        {
            AllowLoopback = settings.Flag(AllowLoopback),
            AllowPrivate = settings.Flag(AllowPrivate),
            AllowedNetworks = ReadNetworks(settings),
            BodyLimit = (int)settings.Size(HttpBodyLimit, 1, 100L << 20),
            Timeout = settings.Duration(HttpTimeout, TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1)),
        },
    };

    private static long? Given(SettingsReader settings, string name, Func<string, long> read) =>
        settings.Text(name) is null ? null : read(name);

    private static long ReadSeconds(SettingsReader settings, string name)
    {
        var time = settings.Duration(name, TimeSpan.FromSeconds(1), TimeSpan.FromHours(8_760));
        return time.Ticks % TimeSpan.TicksPerSecond == 0
            ? time.Ticks / TimeSpan.TicksPerSecond
            : throw settings.Wrong(name, "whole seconds");
    }

    private static IReadOnlyList<string> ReadNetworks(SettingsReader settings)
    {
        var networks = settings.List(AllowNetworks);
        return networks.All(IsNetwork)
            ? networks
            : throw settings.Wrong(AllowNetworks, "networks with commas, each the first address and its bits, as 10.1.0.0/16");
    }

    /// <summary>10.1.2.3/16 is none: whoever writes it may mean one machine and would open many.</summary>
    private static bool IsNetwork(string text) =>
        IPNetwork.TryParse(text, out var network)
        && IPAddress.TryParse(text.Split('/')[0], out var first)
        && first.Equals(network.BaseAddress);

    /// <summary>The executor's own hold passwords of the broker and keys of the API.</summary>
    private static IReadOnlyList<string> ReadVariables(SettingsReader settings)
    {
        var names = settings.List(PassEnvironment);
        return names.All(name => VariableName.IsMatch(name) && !name.StartsWith("EXECUTOR_", StringComparison.OrdinalIgnoreCase))
            ? names
            : throw settings.Wrong(PassEnvironment, "names of variables with commas, none that begins with EXECUTOR_");
    }
}
