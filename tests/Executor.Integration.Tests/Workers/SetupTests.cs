using System.ComponentModel.DataAnnotations;
using Executor.Core;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Messaging;
using Executor.Worker;
using Executor.Worker.Actions;
using Microsoft.Extensions.DependencyInjection;

namespace Executor.Integration.Tests.Workers;

public sealed class SetupTests
{
    [Theory]
    [InlineData("app.greet")]
    [InlineData("App.Greet")]
    [InlineData("core.noop")]
    public void A_name_can_be_taken_once(string name)
    {
        var worker = new ServiceCollection().AddExecutorWorker().AddAction<Greeter>("app.greet");

        Assert.Throws<ArgumentException>(() => worker.AddAction<Greeter>(name));
    }

    [Theory]
    [InlineData("greet")]
    [InlineData(".greet")]
    [InlineData("app.")]
    [InlineData("")]
    public void A_name_has_a_pack(string name)
    {
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddExecutorWorker().AddAction<Greeter>(name));
    }

    public static TheoryData<string, Action<WorkerOptions>> Wrong => new()
    {
        { "Parallelism", options => options.Parallelism = 0 },
        { "Prefetch", options => options.Prefetch = -1 },
        { "KillGrace", options => options.KillGrace = TimeSpan.FromMinutes(6) },
        { "DrainLimit", options => options.DrainLimit = TimeSpan.FromSeconds(-1) },
        { "OutputLimit", options => options.OutputLimit = 0 },
        { "ResultLimit", options => options.ResultLimit = 2_000_000 },
        { "WatchInterval", options => options.WatchInterval = TimeSpan.Zero },
        { "Pools", options => options.Pools = [] },
        { "Name", options => options.Name = "a b" },
        { "BodyLimit", options => options.Http.BodyLimit = 0 },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void An_option_out_of_range_stops_the_start_and_is_named(string option, Action<WorkerOptions> configure)
    {
        var failure = Assert.Throws<ValidationException>(() => new ServiceCollection().AddExecutorWorker(configure));

        Assert.Contains(option, failure.Message);
    }

    [Fact]
    public void The_options_as_they_are_are_valid()
    {
        new ServiceCollection().AddExecutorWorker();
    }

    [Fact]
    public async Task A_host_with_an_action_of_ones_own_works()
    {
        var queue = new InProcessQueue();
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<IWorkerLink>(queue);
        builder.Services.AddExecutorWorker(options => options.Parallelism = 2).AddAction<Greeter>("app.greet");
        using var host = builder.Build();
        await host.StartAsync();

        await queue.PublishAsync(
            [Bench.Request("app.greet", Value.Map.Empty.With("name", Value.Of("Ada")))], CancellationToken.None);
        await foreach (var call in queue.ReadAsync(CancellationToken.None))
        {
            var claim = Assert.IsType<ClaimCall.OfClaim>(call);
            await claim.Reply(FakeLink.Granted(claim.Claim, TimeSpan.FromSeconds(60)));
            break;
        }

        await foreach (var result in queue.ReadAsync(1, CancellationToken.None))
        {
            Assert.Equal(new ItemOutcome(SlotStatus.Completed, Value.Of("Hello Ada")), result.Message.Outcome);
            break;
        }

        await host.StopAsync();
    }

    private sealed class Greeter : IActionRunner
    {
        public Task<ActionResult> RunAsync(ActionContext context, CancellationToken stop) =>
            Task.FromResult(ActionResult.Success(Value.Of($"Hello {context.Input.RequiredText("name")}")));
    }
}
