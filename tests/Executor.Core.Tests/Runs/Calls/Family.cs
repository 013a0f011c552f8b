using Executor.Core.Runs;
using Executor.Core.Tests.Simulation.Engine;
using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.Runs.Calls;

/// <summary>A run and those that it calls. What goes between them lies in a post until it is delivered.</summary>
internal sealed class Family
{
    private static readonly RunId Root = new("root");
    private readonly Dictionary<string, string> _library;
    private readonly Dictionary<RunId, RunState> _runs = [];
    private readonly Dictionary<RunId, List<RunEvent[]>> _journals = [];

    public Family(string library, string main, string inputs = "{}", RunLimits? limits = null)
    {
        _library = library.Split("---\n").Where(text => text.Trim().Length > 0)
            .ToDictionary(text => Scenario.Read(text).Ref, StringComparer.Ordinal);
        var start = new RunCommand.Start(
            Scenario.Read(main), (Value.Map)ValueJson.Parse(inputs), limits ?? RunLimits.Default, "key-1", Now);
        Tell(Root, start);
    }

    public DateTimeOffset Now { get; set; } = Scenario.Begin;

    /// <summary>Calls and ends that have not arrived.</summary>
    public List<(RunId From, RunEffect Effect)> Post { get; } = [];

    /// <summary>What workers are asked to stop.</summary>
    public HashSet<(RunId Run, Slot Slot)> Stopped { get; } = [];

    /// <summary>Names that were looked up, in order.</summary>
    public List<string> Asked { get; } = [];

    public RunState Main => _runs[Root];

    public IEnumerable<RunState> Runs => _runs.Values.Where(run => run.HasStarted);

    public IReadOnlyList<RunEvent[]> JournalOf(RunState run) => _journals[run.Id];

    /// <summary>The run that was called last for a task, down from the first run.</summary>
    public RunState Run(params string[] tasks) => tasks.Aggregate(
        Main, (caller, task) => Runs.Last(run => run.Parent?.Run == caller.Id && run.Parent.Slot.Task == task));

    /// <summary>Runs as <c>a[0] completed</c>, in the order in which they were called.</summary>
    public string[] Called => [.. Runs.Where(run => run.Parent is not null)
        .Select(run => $"{run.Parent!.Slot} {StatusWords.Of(run.Status)}")];

    /// <summary>Tasks that workers were given, by name.</summary>
    public string[] Sent => [.. _journals.Values.SelectMany(journal => journal).SelectMany(entry => entry)
        .OfType<RunEvent.Dispatched>().Where(sent => !sent.IsCall).Select(sent => sent.Slot.Task).Order()];

    public void Store(string text) => _library[Scenario.Read(text).Ref] = text;

    public Decision Tell(RunId id, RunCommand command)
    {
        var actions = KnownActions.None.ThatCanLookUp();
        var before = _runs.TryGetValue(id, out var known) ? known : RunState.Initial(id);
        var decision = RunDecider.Decide(before, command, actions);
        while (!decision.Asks.IsEmpty)
        {
            Assert.True(decision is { IsEmpty: true, Refusal: null });
            Asked.AddRange(decision.Asks);
            actions = decision.Asks.Aggregate(actions, (all, name) => all.With(
                name, _library.TryGetValue(name, out var text) ? Scenario.Read(text) : null));
            decision = RunDecider.Decide(before, command, actions);
        }

        var journal = _journals.TryGetValue(id, out var kept) ? kept : _journals[id] = [];
        var after = before;
        if (!decision.IsEmpty)
        {
            after = _runs[id] = before.Evolve(decision.Events);
            journal.Add([.. decision.Events]);
            Act(id, RunEffects.Of(after, decision.Events));
        }

        Always.Hold(before, command, decision, after, journal, actions);
        NobodyIsLeftBehind();
        return decision;
    }

    /// <summary>Everything in the post arrives, and what comes of it.</summary>
    public Family Settle()
    {
        while (Post.Count > 0)
        {
            Deliver(0);
        }

        return this;
    }

    public Family Succeed(RunState run, string task, string result = "null") =>
        End(run, task, new ItemOutcome(SlotStatus.Completed, ValueJson.Parse(result)));

    public Family Fail(RunState run, string task) =>
        End(run, task, new ItemOutcome(SlotStatus.Failed, Value.Null, "boom"));

    /// <summary>The first slot of the task that is out, and all that comes of its end.</summary>
    public Family End(RunState run, string task, ItemOutcome outcome)
    {
        var slot = run.InFlight.Values.OrderBy(open => open.Number).First(open => open.Dispatched.Slot.Task == task);
        Tell(run.Id, new RunCommand.FinishItem(slot.Dispatched.Slot, outcome, Now));
        return Settle();
    }

    public Family Cancel(RunState run, string? reason = null)
    {
        Tell(run.Id, new RunCommand.Cancel(reason, Now));
        return this;
    }

    public Family Pause(RunState run, string? reason = null)
    {
        Tell(run.Id, new RunCommand.Pause(reason, Now));
        return this;
    }

    public Family Resume(RunState run)
    {
        Tell(run.Id, new RunCommand.Resume(Now));
        return this;
    }

    /// <summary>Time passes, and all runs are told.</summary>
    public Family After(double seconds)
    {
        Now += TimeSpan.FromSeconds(seconds);
        foreach (var run in _runs.Values.Where(run => run.NextDue <= Now).ToList())
        {
            Tell(run.Id, new RunCommand.TimeUp(Now));
        }

        return this;
    }

    public void Deliver(int place, bool keep = false)
    {
        var (from, effect) = Post[place];
        if (!keep)
        {
            Post.RemoveAt(place);
        }

        switch (effect)
        {
            case RunEffect.Call call:
                Tell(call.Run, call.ToCommand(Now));
                break;
            case RunEffect.TellParent tell:
                var answer = Tell(tell.Parent, tell.ToCommand(Now));
                Assert.Null(answer.Refusal);
                Tell(from, new RunCommand.HearParent(Now));
                break;
            default:
                throw new InvalidOperationException($"{effect} does not go by post.");
        }
    }

    /// <summary>All nodes die: what was under way is lost, and recovered runs repeat what is open.</summary>
    public void Crash()
    {
        Post.Clear();
        foreach (var run in _runs.Values.ToList())
        {
            Act(run.Id, RunEffects.Open(run));
        }
    }

    /// <summary>Anything that can happen next, by chance.</summary>
    /// <returns>False when all has ended.</returns>
    public bool Step(Dice dice)
    {
        if (Post.Count > 0 && dice.OneIn(2))
        {
            Deliver(dice.Below(Post.Count), keep: dice.OneIn(4));
            return true;
        }

        var work = Runs.SelectMany(run => run.InFlight.Values.Where(open => !open.Dispatched.IsCall)
            .OrderBy(open => open.Number).Select(open => (run.Id, open.Dispatched.Slot))).ToList();
        if (dice.OneIn(9))
        {
            Crash();
        }
        else if (work.Count > 0)
        {
            var (run, slot) = work[dice.Below(work.Count)];
            var status = dice.OneIn(5) ? SlotStatus.Failed : SlotStatus.Completed;
            Tell(run, new RunCommand.FinishItem(slot, new ItemOutcome(status, Value.Null), Now));
        }
        else if (Post.Count > 0)
        {
            Deliver(dice.Below(Post.Count));
        }
        else
        {
            Crash();
        }

        return Runs.Any(run => !run.IsSettled);
    }

    private void Act(RunId from, IEnumerable<RunEffect> effects)
    {
        foreach (var effect in effects)
        {
            if (effect is RunEffect.Call or RunEffect.TellParent)
            {
                Post.Add((from, effect));
            }
            else if (effect is RunEffect.Withdraw { StopRunning: true } withdraw)
            {
                Stopped.Add((from, withdraw.Slot));
            }
        }
    }

    /// <summary>No run is open below one that has ended, and a slot ends as the run that it called.</summary>
    private void NobodyIsLeftBehind()
    {
        foreach (var run in Runs.Where(run => run.Parent is not null))
        {
            var caller = _runs[run.Parent!.Run];
            var end = caller.EndOf(run.Parent.Slot);
            Assert.Equal(RunId.OfCall(DispatchId.Of(caller.Id, run.Parent.Slot)), run.Id);
            Assert.Equal(caller.Depth + 1, run.Depth);
            Assert.True(run.HasEnded || !caller.HasEnded);
            Assert.True(end is null || run.HasEnded);
            Assert.True(end is null || StatusWords.Of(end.Value) == StatusWords.Of(run.Status));
            Assert.True(!run.IsParentTold || end is not null);
        }
    }
}
