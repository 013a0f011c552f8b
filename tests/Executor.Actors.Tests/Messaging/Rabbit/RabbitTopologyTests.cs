using System.ComponentModel.DataAnnotations;
using Executor.Messaging;
using Executor.Messaging.Amqp;

namespace Executor.Actors.Tests.Messaging.Rabbit;

/// <summary>What is declared, what stands in its way, and what may not even be tried.</summary>
public sealed class RabbitTopologyTests
{
    private static readonly AmqpTopology Topology = new(new AmqpOptions());

    [Fact]
    [Trait("lesson", "9.1")]
    public void No_binding_has_a_wildcard()
    {
        var bindings = Topology.Common.Concat(Topology.Pool("linux"))
            .Concat(AmqpTopology.Control("executor.control.linux.w1", "linux.w1", ["linux", "gpu"]))
            .OfType<BindingDeclaration>().ToArray();

        Assert.Equal(7, bindings.Length);
        Assert.All(bindings, binding => Assert.False(
            binding.RoutingKey.AsSpan().ContainsAny('*', '#'), binding.RoutingKey));
        Assert.Equal(bindings.Length, bindings.Select(binding => (binding.Exchange, binding.RoutingKey)).Distinct().Count());
    }

    [Fact]
    public void Every_queue_of_tasks_and_results_outlives_a_broker_and_buries_what_nobody_can_handle()
    {
        var queues = Topology.Common.Concat(Topology.Pool("linux")).OfType<QueueDeclaration>()
            .Where(queue => queue.Name is "executor.results" or "executor.tasks.linux").ToArray();

        Assert.Equal(2, queues.Length);
        Assert.All(queues, queue =>
        {
            Assert.True(queue.Durable);
            Assert.Equal("quorum", queue.Arguments["x-queue-type"]);
            Assert.Equal("executor.dead", queue.Arguments["x-dead-letter-exchange"]);
            Assert.Equal("at-least-once", queue.Arguments["x-dead-letter-strategy"]);
            Assert.Equal("reject-publish", queue.Arguments["x-overflow"]);
        });
        Assert.Equal(5, queues.Single(queue => queue.Name != "executor.results").Arguments["x-delivery-limit"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("#")]
    [InlineData("a.*")]
    [InlineData("a b")]
    [InlineData("größe")]
    public void A_name_that_means_more_in_a_key_is_no_name(string name)
    {
        Assert.Throws<ArgumentException>(() => AmqpTopology.TaskQueue(name));
        Assert.Throws<ArgumentException>(() => AmqpTopology.WorkerKey(name));
        Assert.Throws<ArgumentException>(() => AmqpTopology.PoolKey(name));
    }

    [Fact]
    public async Task A_queue_with_other_arguments_stops_the_start_with_its_name_the_argument_and_what_to_do()
    {
        var server = RabbitServer.Shared;
        var vhost = await server.CreateVhostAsync();
        await using (var world = await RabbitMessaging.ForWorkerAsync(
            RabbitWorld.Options(server, vhost), ["linux"], CancellationToken.None))
        {
            Assert.True(world.Consuming.State.IsOpen);
        }

        var changed = RabbitWorld.Options(server, vhost, options => options.DeliveryLimit = 9);

        var refused = await Assert.ThrowsAsync<AmqpTopologyException>(
            () => RabbitMessaging.ForWorkerAsync(changed, ["linux"], CancellationToken.None));
        await server.DeleteVhostAsync(vhost);

        Assert.Contains("'executor.tasks.linux'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("x-delivery-limit", refused.Message, StringComparison.Ordinal);
        Assert.Contains("'9'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("'5'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("policy", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_that_is_not_there_or_lets_us_not_in_is_named_without_the_password()
    {
        var server = RabbitServer.Shared;
        var wrong = new AmqpOptions
        {
            Address = new UriBuilder(server.Address) { UserName = "nobody", Password = "s3cret" }.Uri,
            StartPatience = TimeSpan.FromSeconds(3),
        };

        var refused = await Assert.ThrowsAsync<AmqpUnavailableException>(
            () => RabbitMessaging.ForExecutorAsync(wrong, CancellationToken.None));

        Assert.Contains("nobody@", refused.Message, StringComparison.Ordinal);
        Assert.Contains("ACCESS_REFUSED", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", refused.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("amqp://u:p@broker.example/x", false, false)]
    [InlineData("amqp://u:p@10.0.0.7/x", false, false)]
    [InlineData("amqp://u:p@broker.example/x", true, true)]
    [InlineData("amqps://u:p@broker.example/x", false, true)]
    [InlineData("amqp://u:p@localhost/x", false, true)]
    [InlineData("amqp://u:p@127.0.0.1:5673/x", false, true)]
    [InlineData("amqp://u:p@[::1]/x", false, true)]
    [InlineData("http://u:p@localhost/x", false, false)]
    public void Plain_text_leaves_the_machine_only_where_that_is_said(string address, bool allow, bool ok)
    {
        var options = new AmqpOptions { Address = new Uri(address), AllowPlaintext = allow };

        if (ok)
        {
            options.Check();
        }
        else
        {
            Assert.Throws<ValidationException>(options.Check);
        }
    }

    [Fact]
    public void Every_range_is_checked()
    {
        Action<AmqpOptions>[] wrong =
        [
            options => options.Window = 0,
            options => options.Window = 1001,
            options => options.Heartbeat = TimeSpan.Zero,
            options => options.ConfirmPatience = TimeSpan.FromHours(1),
            options => options.AnswerPatience = TimeSpan.Zero,
            options => options.DeliveryLimit = 0,
            options => options.ClaimWindow = 0,
            options => options.QueueLimit = 1,
            options => options.Name = "",
            options => options.AuthorityFile = "/nowhere.pem",
        ];

        Assert.All(wrong, spoil =>
        {
            var options = new AmqpOptions();
            spoil(options);
            Assert.Throws<ValidationException>(options.Check);
        });
    }
}
