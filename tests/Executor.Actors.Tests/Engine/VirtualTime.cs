using Akka.TestKit;
using Microsoft.Extensions.Time.Testing;

namespace Executor.Actors.Tests.Engine;

/// <summary>Time that stands still until a test moves it, for the actors of a node and for the stores alike.</summary>
internal sealed class VirtualTime
{
    public const string Settings = "akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"";

    /// <summary>How far time moves at once.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromSeconds(5);

    private TestScheduler? _clock;

    public FakeTimeProvider Stores { get; } = new(DateTimeOffset.UtcNow);

    public DateTimeOffset Now => _clock?.Now ?? Stores.GetUtcNow();

    /// <summary>The node whose time this is from now on; it begins where the one before has stopped.</summary>
    public void Drives(ExecutorSystem executor)
    {
        var clock = (TestScheduler)executor.System.Scheduler;
        if (_clock is { } before && before.Now > clock.Now)
        {
            clock.AdvanceTo(before.Now);
        }

        _clock = clock;
    }

    /// <summary>Step by step, for as long as nothing is expected to happen.</summary>
    public async Task PassToAsync(DateTimeOffset then)
    {
        while (Now + Step <= then)
        {
            await TickAsync(TimeSpan.FromMilliseconds(2));
        }
    }

    /// <summary>So slowly that what has become due in one step is done before the next.</summary>
    public async Task PassUntilAsync(Func<bool> condition, TimeSpan most)
    {
        for (var passed = TimeSpan.Zero; !condition(); passed += Step)
        {
            Assert.True(passed < most, $"Not so after {most}.");
            await TickAsync(TimeSpan.FromMilliseconds(100));
        }
    }

    private async Task TickAsync(TimeSpan real)
    {
        Stores.Advance(Step);
        _clock!.Advance(Step);
        await Task.Delay(real);
    }
}
