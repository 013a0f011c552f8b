using Executor.Core.Runs;

namespace Executor.Actors.Tests.Engine;

/// <summary>The whole way of a run: start, dispatch, claim, result, end, on a real journal.</summary>
public sealed class EngineTests
{
    [Fact]
    public async Task A_run_goes_from_start_to_end()
    {
        await using var engine = new TestEngine();
        await engine.StartAsync();
        await using var worker = new FakeWorker(engine.Queue, () => DateTimeOffset.UtcNow);

        var ended = await engine.RunAsync(new RunId("run-1"), TestEngine.Workflow(SeedWorkflow.Yaml));

        Assert.Equal(RunStatus.Completed, ended.Status);
        Assert.Equal(6, worker.Started.Count);
        var rows = await engine.Guard.RowsAsync(ended.Id, CancellationToken.None);
        Assert.Single(rows, row => row.Slot.Task == "validate");
    }
}
