using Executor.Messaging.Amqp;
using RabbitMQ.Client;

namespace Executor.Actors.Tests.Messaging.Rabbit;

public sealed class DeclaringTests : AmqpStageFixture
{
    [Fact]
    public async Task A_connection_that_is_lost_meanwhile_is_the_brokers_affair()
    {
        var connection = await Connection.OpenAsync(CancellationToken.None);
        await connection.CloseAsync();

        var lost = await Assert.ThrowsAsync<AmqpUnavailableException>(
            () => Declaring.DeclareAsync(connection, [Quorum("q")], CancellationToken.None));

        Assert.Contains("while queues were made", lost.Message, StringComparison.Ordinal);
    }
}
