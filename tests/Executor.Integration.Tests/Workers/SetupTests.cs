using System.ComponentModel.DataAnnotations;
using Executor.Core;
using Executor.Core.Messages;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Messaging;
using Executor.Worker;
using Executor.Worker.Actions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

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
        var builder = Host.CreateEmptyApplicationBuilder(null);
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

    [Fact]
    [Trait("lesson", "10.1")]
    public async Task A_request_delivered_to_two_workers_runs_once()
    {
        var queue = new InProcessQueue();
        var probe = new Probe();
        var catalog = new ActionCatalog([KeyValuePair.Create<string, IActionRunner>("test.probe", probe)]);
        using var stop = new CancellationTokenSource();
        var workers = new[] { "w1", "w2" }
            .Select(name => new WorkerLoop(queue, catalog, new WorkerOptions { Name = name }).RunAsync(stop.Token))
            .ToArray();
        var owners = new Dictionary<DispatchId, string>();
        var answered = 0;
        var desk = Task.Run(async () =>
        {
            await foreach (var call in queue.ReadAsync(CancellationToken.None))
            {
                var claim = Assert.IsType<ClaimCall.OfClaim>(call);
                await claim.Reply(owners.TryAdd(claim.Claim.Id, claim.Claim.ClaimId)
                    ? FakeLink.Granted(claim.Claim, TimeSpan.FromSeconds(60))
                    : new ClaimAnswer.Refused(claim.Claim.Id));
                if (++answered == 20)
                {
                    return;
                }
            }
        });

        // With both copies waiting before anybody answers, each worker gets one more often than not.
        for (var item = 0; item < 10; item++)
        {
            await queue.PublishAsync([Bench.Request(item: item), Bench.Request(item: item)], CancellationToken.None);
        }

        await Wait.UntilAsync(() => answered == 20 || (owners.Count == 10 && queue.Waiting("default") == 0), "all is asked");
        probe.End(ActionResult.Success(Value.Null));
        await stop.CancelAsync();
        await Wait.ForAsync(Task.WhenAll(workers));

        Assert.Equal(10, probe.Started.Select(context => context.Id).Distinct().Count());
        Assert.Equal(10, probe.Started.Count);
        Assert.False(desk.IsFaulted);
    }

    private sealed class Greeter : IActionRunner
    {
        public Task<ActionResult> RunAsync(ActionContext context, CancellationToken stop) =>
            Task.FromResult(ActionResult.Success(Value.Of($"Hello {context.Input.RequiredText("name")}")));
    }
}
