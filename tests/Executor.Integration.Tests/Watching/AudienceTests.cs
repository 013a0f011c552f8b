using Executor.Core.Messages;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Host.Local;
using Executor.Host.Watching;

namespace Executor.Integration.Tests.Watching;

public sealed class AudienceTests
{
    private readonly Audience _audience = new();
    private readonly RunId _run = RunIds.New();

    [Fact]
    public void What_an_action_said_before_anybody_looked_is_still_to_be_seen()
    {
        _audience.Said(Request(_run), "ready");

        Assert.Equal("ready", Mirror(_run).LastLine);
    }

    [Fact]
    public void Each_run_has_its_own_last_line()
    {
        var mirror = Mirror(_run);
        _audience.Said(Request(_run), "one");
        _audience.Said(Request(_run), "two");
        _audience.Said(Request(_run), "");
        _audience.Said(Request(RunIds.New()), "three");

        Assert.Equal("two", mirror.LastLine);
        Assert.Equal("", Mirror(RunIds.New()).LastLine);
    }

    private RunMirror Mirror(RunId run) => new(RunState.Initial(run), _audience);

    private static TaskRequest Request(RunId run)
    {
        var slot = new Slot("speak", 0, Slot.NoItem, 1);
        return new TaskRequest(
            DispatchId.Of(run, slot), run, slot, "speech", "core.shell", Value.Map.Empty, "default",
            TimeSpan.FromSeconds(300));
    }
}
