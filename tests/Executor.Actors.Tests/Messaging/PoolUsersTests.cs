using Executor.Messaging;

namespace Executor.Actors.Tests.Messaging;

/// <summary>For which workers a user of the broker may speak.</summary>
[Trait("threat", "T14")]
public sealed class PoolUsersTests
{
    [Theory]
    [InlineData("ex_worker_default", "default.w1", true)]
    [InlineData("ex_worker_default", "night.w1", false)]
    [InlineData("ex_worker_default", "default", false)]
    [InlineData("ex_worker_default", "defaulter.w1", false)]
    [InlineData("ex_worker_a.b", "a.b.w1", true)]
    [InlineData("ex_worker_a.b", "a.w1", false)]
    [InlineData("images", "gpu.w1", true)]
    [InlineData("images", "default.w1", true)]
    [InlineData("images", "night.w1", false)]
    [InlineData("guest", "night.w1", true)]
    public void A_user_may_speak_for_workers_of_its_pools_and_one_without_any_for_all(string user, string worker, bool may) =>
        Assert.Equal(may, PoolUsers.Parse("images=default+gpu").MaySpeakFor(user, worker));

    [Fact]
    public void Where_it_is_said_so_only_users_with_a_pool_may_speak()
    {
        var strict = PoolUsers.Parse("images=gpu, *=");

        Assert.False(strict.MaySpeakFor("guest", "default.w1"));
        Assert.True(strict.MaySpeakFor("images", "gpu.w1"));
        Assert.True(strict.MaySpeakFor("ex_worker_default", "default.w1"));
    }

    [Fact]
    public void A_name_that_says_one_pool_can_be_given_others()
    {
        var users = PoolUsers.Parse("ex_worker_default=night");

        Assert.True(users.MaySpeakFor("ex_worker_default", "night.w1"));
        Assert.False(users.MaySpeakFor("ex_worker_default", "default.w1"));
    }

    [Theory]
    [InlineData("images")]
    [InlineData("images=")]
    [InlineData("=gpu")]
    [InlineData("*=gpu")]
    [InlineData("images=gpu=night")]
    [InlineData("images=no name")]
    [InlineData("images=gpu,images=night")]
    public void What_is_no_entry_is_refused(string text) => Assert.Throws<FormatException>(() => PoolUsers.Parse(text));
}
