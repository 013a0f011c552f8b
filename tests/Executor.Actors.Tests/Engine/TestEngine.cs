using System.Security.Cryptography;
using Executor.Actors.Tests.Fakes;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Core.Workflows;
using Executor.Messaging;

namespace Executor.Actors.Tests.Engine;

/// <summary>A whole executor in this process, on a journal in a directory of its own.</summary>
internal sealed class TestEngine : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string _directory = Directory.CreateTempSubdirectory("executor-test-").FullName;
    private ExecutorSystem? _system;

    public InMemoryGuard Guard { get; } = new(TimeProvider.System);

    public InMemoryExecutions Executions { get; } = new();

    public InMemoryDueTimes DueTimes { get; } = new();

    public InProcessQueue Queue { get; private set; } = new();

    public ExecutorSystem System => _system ?? throw new InvalidOperationException("Not started.");

    public ActorsOptions Options => new()
    {
        Journal = $"Data Source={Path.Combine(_directory, "journal.db")};Default Timeout=30",
        TokenKey = RandomNumberGenerator.GetBytes(32),
        ConfigurationFile = "test.conf",
        Node = "test",
    };

    public static WorkflowSpec Workflow(string yaml)
    {
        var reading = WorkflowYaml.Read(yaml, "test.workflow");
        Assert.Empty(reading.Problems.Where(problem => problem.Severity == ProblemSeverity.Error));
        return reading.Spec!;
    }

    public async Task StartAsync(Func<ActorsPorts, ActorsPorts>? wrap = null, Func<ActorsOptions, ActorsOptions>? set = null)
    {
        var ports = new ActorsPorts(Guard, Executions, new InMemoryCatalog(), DueTimes, Queue, Queue, Queue);
        _system = await ExecutorSystem.StartAsync(
            (set ?? (options => options))(Options), (wrap ?? (same => same))(ports), CancellationToken.None);
    }

    /// <summary>One more executor on the same journal and stores; whoever starts it stops it.</summary>
    public Task<ExecutorSystem> NodeAsync(string name, Func<ActorsOptions, ActorsOptions> set) =>
        ExecutorSystem.StartAsync(
            set(Options with { Node = name }),
            new ActorsPorts(Guard, Executions, new InMemoryCatalog(), DueTimes, Queue, Queue, Queue),
            CancellationToken.None);

    public async Task<RunState> RunAsync(RunId run, WorkflowSpec workflow)
    {
        using var late = new CancellationTokenSource(Patience);
        var accepted = await System.StartRunAsync(run, workflow, Value.Map.Empty, RunLimits.Default, null, late.Token);
        Assert.Null(accepted.Refusal);
        return await System.WhenEndedAsync(run, late.Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (_system is not null)
        {
            await _system.StopAsync();
        }

        Directory.Delete(_directory, recursive: true);
    }
}
