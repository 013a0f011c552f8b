namespace Executor.Actors.Tests.Messaging.Rabbit;

public sealed class RabbitTaskQueueTests : TaskQueueContract
{
    protected override async Task<Broker> OpenAsync() => (await RabbitWorld.OpenAsync()).Broker;
}

public sealed class RabbitResultQueueTests : ResultQueueContract
{
    protected override async Task<Broker> OpenAsync() => (await RabbitWorld.OpenAsync()).Broker;
}

public sealed class RabbitClaimQueueTests : ClaimQueueContract
{
    protected override async Task<Broker> OpenAsync(TimeSpan patience) =>
        (await RabbitWorld.OpenAsync(options => options.AnswerPatience = patience)).Broker;
}

public sealed class RabbitCancelTests : CancelContract
{
    protected override async Task<Broker> OpenAsync() => (await RabbitWorld.OpenAsync()).Broker;
}

public sealed class RabbitBeatTests : BeatContract
{
    protected override async Task<Broker> OpenAsync() => (await RabbitWorld.OpenAsync()).Broker;
}
