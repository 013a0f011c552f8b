using Executor.Actors.Cluster;

namespace Executor.Actors.Tests.Cluster;

public sealed class PoolReliefTests
{
    private const int Usual = 2;
    private readonly PoolRelief _relief = new(Usual);

    [Fact]
    public void A_pool_whose_work_stands_still_is_given_threads_until_it_moves()
    {
        Assert.Null(_relief.Next(done: 7, waiting: 3, threads: 2));
        Assert.Null(_relief.Next(done: 7, waiting: 3, threads: 2));

        Assert.Equal(18, _relief.Next(done: 7, waiting: 3, threads: 2));
        Assert.Equal(34, _relief.Next(done: 7, waiting: 3, threads: 18));
        Assert.Null(_relief.Next(done: 8, waiting: 3, threads: 34));
        Assert.True(_relief.IsGiven);
    }

    [Theory]
    [InlineData(1, 9)]
    [InlineData(0, 0)]
    public void One_that_works_or_has_nothing_to_do_is_given_none(int doneEachLook, int waiting)
    {
        for (var look = 0; look < 50; look++)
        {
            Assert.Null(_relief.Next(look * doneEachLook, waiting, threads: 2));
        }

        Assert.False(_relief.IsGiven);
    }

    [Fact]
    public void When_it_has_worked_for_a_minute_it_has_no_more_than_usual()
    {
        Stick();
        var looks = Enumerable.Range(1, 600).Select(look => _relief.Next(100 + look, 0, 18)).ToList();

        Assert.All(looks.SkipLast(1), Assert.Null);
        Assert.Equal(Usual, looks[^1]);
        Assert.False(_relief.IsGiven);
        Assert.Null(_relief.Next(1_000, 0, 2));
    }

    [Fact]
    public void There_is_an_end_to_it()
    {
        Stick();

        Assert.Equal(PoolRelief.Most, _relief.Next(done: 7, waiting: 3, PoolRelief.Most - 1));
        Assert.Null(_relief.Next(done: 7, waiting: 3, PoolRelief.Most));
    }

    private void Stick()
    {
        for (var look = 0; look < 3; look++)
        {
            _relief.Next(done: 7, waiting: 3, threads: 2);
        }
    }
}
