using CsCheck;
using Executor.Core.Runs;
using Executor.Core.Runs.Snapshots;
using Executor.Core.Tests.Simulation.Checks;
using Executor.Core.Tests.Simulation.Programs;
using Executor.Core.Values;

namespace Executor.Core.Tests.Runs.Snapshots;

/// <summary>A snapshot of any prefix and the rest of the journal give what the whole journal gives.</summary>
public sealed class TailTests
{
    private static readonly DateTimeOffset Begin = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Snapshot_and_tail_give_the_full_fold_at_every_entry_of_random_workflows()
    {
        var entries = 0;
        Gen.Select(Gen.ULong, Gen.Int[0, 1_000].Array[40]).Sample(
            (seed, choices) =>
            {
                var states = Play(seed, choices);
                entries += states.Count;
                for (var prefix = 0; prefix < states.Count; prefix++)
                {
                    var copy = There(states[prefix].State);
                    Same(states[prefix].State, copy);
                    Same(states[^1].State, states.Skip(prefix + 1).Aggregate(copy, (run, next) => run.Evolve(next.Entry)));
                }
            },
            iter: 60,
            threads: 1);
        Assert.True(entries > 200, $"only {entries} entries");
    }

    /// <summary>Attempts end in any order; sometimes time passes first, sometimes somebody cancels.</summary>
    private static List<(RunState State, IReadOnlyList<RunEvent> Entry)> Play(ulong seed, int[] choices)
    {
        var program = Generator.Make(seed);
        var (run, now) = (RunState.Initial(new RunId("run-1")), Begin);
        var states = new List<(RunState, IReadOnlyList<RunEvent>)>();
        Give(new RunCommand.Start(program.Workflow, Value.Map.Empty, program.Limits, "key", now));
        for (var step = 0; !run.HasEnded && step < 200; step++)
        {
            var choice = choices[step % choices.Length];
            var slots = run.InFlight.Values.OrderBy(open => open.Number).Select(open => open.Dispatched.Slot).ToList();
            if (slots.Count == 0 || choice % 9 == 0)
            {
                now = run.NextDue is { } due && due > now ? due : now.AddSeconds(1);
                Give(new RunCommand.TimeUp(now));
            }
            else if (choice == 1_000)
            {
                Give(new RunCommand.Cancel("enough", now));
            }
            else
            {
                var slot = slots[choice % slots.Count];
                Give(run.InFlight[slot].Dispatched.IsQuestion
                    ? new RunCommand.Answer(slot, Value.Of(1), "somebody", now)
                    : new RunCommand.FinishItem(slot, program.Script.Of(slot), now));
            }
        }

        return states;

        void Give(RunCommand command)
        {
            var decision = RunDecider.Decide(run, command);
            if (!decision.IsEmpty)
            {
                run = run.Evolve(decision.Events);
                states.Add((run, decision.Events));
            }
        }
    }

    private static RunState There(RunState run)
    {
        var json = RunStateJson.Write(run);
        var read = RunStateJson.Read(json.Span, (_, _, _) => run.Workflow!);
        Assert.True(json.Span.SequenceEqual(RunStateJson.Write(read).Span));
        return read;
    }

    private static void Same(RunState expected, RunState actual) => Assert.Null(Sameness.Difference(expected, actual));
}
