using System.Diagnostics;
using Npgsql;

namespace Executor.Actors.Tests.Servers;

/// <summary>A PostgreSQL on loopback. Without one the tests fail: none is skipped.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private const string Variable = "EXECUTOR_TEST_POSTGRES";
    private static readonly string Script = Path.Combine(Checkout.Root, "tests", "servers", "postgres");
    private static readonly Lazy<Task<PostgresServer>> All = new(FindAsync);
    private readonly Process? _holder;
    private readonly string? _directory;

    private PostgresServer(string connection, Process? holder = null, string? directory = null)
    {
        Connection = connection;
        _holder = holder;
        _directory = directory;
    }

    /// <summary>For all tests of this process: the one that tests/run has started, or one that ends with this process.</summary>
    public static Task<PostgresServer> Shared => All.Value;

    /// <summary>Of a superuser.</summary>
    public string Connection { get; }

    /// <summary>For a test that stops it.</summary>
    public static async Task<PostgresServer> StartAsync()
    {
        var directory = Path.Combine(Path.GetTempPath(), $"executor-pg-{Guid.NewGuid():N}"[..32]);
        var holder = Process.Start(new ProcessStartInfo(Script, ["hold", directory])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Assert.Equal("ready", await holder.StandardOutput.ReadLineAsync());
        var environment = await File.ReadAllTextAsync(Path.Combine(directory, "postgres.env"));
        var connection = environment.Trim()[$"{Variable}=".Length..].Trim('\'');
        return new PostgresServer(connection, holder, directory);
    }

    /// <param name="mode">fast, or immediate: as after a crash.</param>
    public Task StopAsync(string mode) => RunAsync("stop", _directory!, mode);

    public Task StartAgainAsync() => RunAsync("start", _directory!);

    /// <summary>All its processes stand still.</summary>
    public Task FreezeAsync() => SignalAsync("STOP");

    public Task ThawAsync() => SignalAsync("CONT");

    /// <summary>Its processes of these numbers end as one does that cannot flush what it commits; so it ends all others.</summary>
    public static Task AbortAsync(IEnumerable<int> processes) =>
        RunAsync(new ProcessStartInfo("sh", ["-c", $"kill -ABRT {string.Join(' ', processes)} || :"]));

    /// <summary>Completes when it answers again; nobody has told it to start.</summary>
    public async Task IsBackAsync()
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await ExecuteAsync("SELECT 1");
                return;
            }
            catch (NpgsqlException) when (clock.Elapsed < TimeSpan.FromSeconds(60))
            {
                await Task.Yield();
            }
        }
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Connection + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_holder is not null)
        {
            _holder.StandardInput.Close();
            await _holder.WaitForExitAsync();
            _holder.Dispose();
        }
    }

    private static async Task<PostgresServer> FindAsync()
    {
        var server = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } connection
            ? new PostgresServer(connection)
            : await StartAsync();
        // A database of its own, so that two runs of the tests on one server never meet.
        var name = $"tests_{Guid.NewGuid():N}";
        await server.ExecuteAsync($"CREATE DATABASE {name}");
        var own = new NpgsqlConnectionStringBuilder(server.Connection) { Database = name }.ToString();
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            server.ExecuteAsync($"DROP DATABASE {name} WITH (FORCE)").GetAwaiter().GetResult();
            server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        };
        return new PostgresServer(own);
    }

    private static Task RunAsync(params string[] arguments) => RunAsync(new ProcessStartInfo(Script, arguments));

    private static async Task RunAsync(ProcessStartInfo command)
    {
        using var process = Process.Start(command)!;
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    /// <summary>The first process first, so that it cannot replace the others meanwhile.</summary>
    private async Task SignalAsync(string signal)
    {
        var server = (await File.ReadAllLinesAsync(Path.Combine(_directory!, "postgres", "data", "postmaster.pid")))[0];
        await RunAsync(new ProcessStartInfo(
            "sh",
            ["-c", $"kill -{signal} {server} && for p in $(ps -o pid= --ppid {server}); do kill -{signal} $p || :; done"]));
    }
}
