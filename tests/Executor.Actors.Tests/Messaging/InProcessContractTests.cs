using Executor.Messaging;

namespace Executor.Actors.Tests.Messaging;

public sealed class InProcessTaskQueueTests : TaskQueueContract
{
    protected override Task<Broker> OpenAsync() => InProcess.OpenAsync();
}

public sealed class InProcessResultQueueTests : ResultQueueContract
{
    protected override Task<Broker> OpenAsync() => InProcess.OpenAsync();
}

public sealed class InProcessClaimQueueTests : ClaimQueueContract
{
    protected override Task<Broker> OpenAsync(TimeSpan patience) =>
        InProcess.OpenAsync(new InProcessOptions { AnswerPatience = patience });
}

public sealed class InProcessCancelTests : CancelContract
{
    protected override Task<Broker> OpenAsync() => InProcess.OpenAsync();
}

public sealed class InProcessBeatTests : BeatContract
{
    protected override Task<Broker> OpenAsync() => InProcess.OpenAsync();
}

internal static class InProcess
{
    public static Task<Broker> OpenAsync(InProcessOptions? options = null)
    {
        var queue = new InProcessQueue(options);
        return Task.FromResult(new Broker(queue, queue, queue, queue, () => Task.CompletedTask, _ => Task.CompletedTask, queue));
    }
}
