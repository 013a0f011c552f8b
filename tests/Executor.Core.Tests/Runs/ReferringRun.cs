using System.Collections.Immutable;
using Executor.Core.Runs;
using Executor.Core.Runs.Reruns;
using Executor.Core.Values;

namespace Executor.Core.Tests.Runs;

/// <summary>A run that only refers to its results, however small they are, and gets what its decisions need.</summary>
internal sealed class ReferringRun
{
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _stored;
    private readonly List<ImmutableArray<RunEvent>> _journal = [];

    private ReferringRun(string id, Dictionary<string, ReadOnlyMemory<byte>> stored) =>
        (State, _stored) = (RunState.Initial(new RunId(id)), stored);

    public RunState State { get; private set; }

    /// <summary>Contents that the last command needed.</summary>
    public int Fetched { get; private set; }

    /// <summary>How often it was decided before they were all at hand.</summary>
    public int Rounds { get; private set; }

    public IEnumerable<RunEvent> Events => _journal.SelectMany(entry => entry);

    public static ReferringRun Of(string yaml) => new ReferringRun("run-1", new(StringComparer.Ordinal)).Give(
        new RunCommand.Start(Scenario.Read(yaml), Value.Map.Empty, RunLimits.Default, null, Scenario.Begin));

    /// <summary>Another run that does these tasks again, and keeps what the others did.</summary>
    public ReferringRun Rerun(params ImmutableArray<string> from)
    {
        var plan = RerunPlanning.Of(State.Id, _journal, new RerunRequest(from, FailedItems: false)).Plan;
        return new ReferringRun("run-2", _stored).Give(new RunCommand.Start(
            State.Workflow!, State.Inputs, RunLimits.Default, null, Scenario.Begin, Origin: State.Id, Plan: plan));
    }

    public ReferringRun Succeed(string task, string result, int item = Slot.NoItem) => Finish(
        new Slot(task, State.Track(State.Graph!.Find(task)!).Visits.Count, item, 1), result);

    public ReferringRun Give(RunCommand command)
    {
        (Fetched, Rounds) = (0, 0);
        var decision = RunDecider.Decide(State, command);
        for (var atHand = StoredContents.None; decision.IsOpen; Rounds++)
        {
            Assert.Empty(decision.Events);
            Assert.All(decision.Needs, stored => Assert.Null(atHand.Find(stored)));
            Fetched += decision.Needs.Length;
            atHand = decision.Needs.Aggregate(atHand, (all, one) => all.With(one, ContentOf(one)));
            decision = RunDecider.Decide(State, command, atHand: atHand);
        }

        if (!decision.IsEmpty)
        {
            State = State.Evolve(decision.Events);
            _journal.Add(decision.Events);
        }

        return this;
    }

    public Value Whole(Value value) => StoredValues.Whole(value, ContentOf);

    private ReferringRun Finish(Slot slot, string result)
    {
        var (stored, json) = LargeResult.Write(ValueJson.Parse(result))!.Value;
        _stored[stored.Id] = json;
        return Give(new RunCommand.FinishItem(
            slot, new ItemOutcome(SlotStatus.Completed, new Value.Stored(stored)), Scenario.Begin));
    }

    private Value ContentOf(StoredResult stored) => LargeResult.Read(stored.Id, _stored[stored.Id]);
}
