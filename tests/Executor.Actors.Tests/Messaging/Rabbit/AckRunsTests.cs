using CsCheck;
using Executor.Messaging.Amqp;

namespace Executor.Actors.Tests.Messaging.Rabbit;

public sealed class AckRunsTests
{
    [Fact]
    public void The_floor_is_the_last_tag_below_which_nothing_is_open_whatever_the_order() =>
        Gen.Shuffle(Enumerable.Range(1, 30).Select(tag => (ulong)tag).ToArray()).Sample(order =>
        {
            var runs = new AckRuns();
            var settled = new HashSet<ulong>();
            foreach (var tag in order)
            {
                settled.Add(tag);
                var expected = 0UL;
                while (settled.Contains(expected + 1))
                {
                    expected++;
                }

                Assert.Equal(expected, runs.Settle(tag));
            }
        });
}
