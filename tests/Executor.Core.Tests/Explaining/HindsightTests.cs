using System.Text.RegularExpressions;
using Executor.Core.Explaining;
using Executor.Core.Rehearsing;
using Executor.Core.Runs;
using Executor.Core.Tests.Reference;
using Executor.Core.Tests.Simulation.Engine;

namespace Executor.Core.Tests.Explaining;

/// <summary>What is said afterwards agrees with what happened, whatever the workflow and the order.</summary>
public sealed class HindsightTests
{
    private const int Trials = 400;
    private static readonly Regex Plain = new(@"\(when (?<asked>\w+\(\))\) .*It saw \k<asked> = (?<saw>\w+)\.");

    [Fact]
    public void Conditions_are_seen_again_as_they_were_and_every_transition_is_accounted_for()
    {
        var seed = (ulong)Random.Shared.Next(1, int.MaxValue);
        var dice = new Dice(seed);
        var looked = 0;
        for (var trial = 0; trial < Trials; trial++)
        {
            looked += Check(TrialMaker.Make(dice.Next()), $"seed {seed}, trial {trial}");
        }

        Assert.True(looked > Trials, $"only {looked} conditions were seen, seed {seed}");
    }

    private static int Check(Trial trial, string where)
    {
        if (Trial.Read(trial.Yaml) is not { } workflow
            || Rehearsal.Of(workflow, trial.Script, new RunLimits { MaxVisits = 80 }).Report is not { } report)
        {
            return 0;
        }

        var looked = 0;
        var run = report.Journal.Aggregate(RunState.Initial(new RunId("rehearsal")), (state, entry) => state.Evolve(entry));
        foreach (var task in workflow.Tasks)
        {
            var sentences = Explanation.Of(new RunId("rehearsal"), report.Journal.Select(entry => entry.AsEnumerable()), task.Name)!.Value;
            foreach (var sentence in sentences.Where(one => one.Kind is SentenceKind.Fired or SentenceKind.NotFired))
            {
                if (Plain.Match(sentence.Text) is { Success: true } plain)
                {
                    looked++;
                    Assert.True(
                        plain.Groups["saw"].Value == (sentence.Kind == SentenceKind.Fired ? "true" : "false"),
                        $"{where}: {sentence.Text}\n{trial}");
                }
                else if (sentence.Kind == SentenceKind.NotFired)
                {
                    Assert.Contains(" (when ", sentence.Text, StringComparison.Ordinal);
                }
            }

            var told = sentences.Where(one => one.Visit > 0).GroupBy(one => one.Visit);
            Assert.All(told, visit => Assert.True(
                visit.Count(IsTransition) is var count
                && (count == task.Next.Length || (count == visit.Count(IsOfAll) && WasStopped(run, task.Name, visit.Key))),
                $"{where}: {task.Name}/{visit.Key} tells of {visit.Count(IsTransition)} transitions\n{trial}"));
        }

        return looked;
    }

    private static bool IsTransition(Sentence sentence) => sentence.Kind is SentenceKind.Fired or SentenceKind.NotFired
        or SentenceKind.ConditionFailed or SentenceKind.PublishFailed or SentenceKind.NotConsidered;

    private static bool IsOfAll(Sentence sentence) =>
        sentence.Kind == SentenceKind.NotConsidered && sentence.Text.EndsWith("so no transition was looked at.", StringComparison.Ordinal);

    /// <summary>After a cancel or the end of its time nothing is followed; nor is what never began.</summary>
    private static bool WasStopped(RunState run, string task, int visit) =>
        run.Status is RunStatus.Cancelled or RunStatus.Timeout || run.Visit(task, visit) is { OpenedAt: null };
}
