using System.Text.Json;
using Executor.Chaos.Evidences;
using Executor.Core;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Chaos.Checks;

/// <summary>Rows for people, made once more from the journal alone.</summary>
/// <remarks>A run that is recovered shows what it has read as of its last entry, also where that has changed no row.</remarks>
internal static class RowChecks
{
    public static IEnumerable<string> RowsAreJournal(Evidence evidence)
    {
        var runs = evidence.Runs.ToLookup(run => run.Id);
        var executions = evidence.Executions.ToLookup(row => row.Run);
        foreach (var journal in evidence.Journals)
        {
            var (run, rows) = Rebuild(journal);
            var shown = runs[journal.Run].FirstOrDefault();
            var (expected, actual) = (run is null ? "" : Line(run), shown is null ? "" : Line(shown));
            if (expected != actual)
            {
                yield return $"the row of {journal.Run} is '{actual}'; the journal says '{expected}'";
            }
            else if (shown?.Sequence < run?.Sequence || shown?.Sequence > journal.Entries[^1].Sequence)
            {
                yield return $"the row of {journal.Run} shows entry {shown?.Sequence}; the journal has that in {run?.Sequence}";
            }

            var there = executions[journal.Run].GroupBy(row => row.Slot).ToDictionary(same => same.Key, same => same.First());
            foreach (var (slot, row) in rows)
            {
                var found = there.GetValueOrDefault(slot);
                if (found is null || Line(found) != Line(row))
                {
                    yield return $"the row of {journal.Run} {slot} is '{(found is null ? "" : Line(found))}'; the journal says '{Line(row)}'";
                }
                else if (found.Sequence < row.Sequence || found.Sequence > journal.Entries[^1].Sequence)
                {
                    yield return $"the row of {journal.Run} {slot} shows entry {found.Sequence}; the journal has that in {row.Sequence}";
                }
            }

            foreach (var extra in there.Keys.Where(slot => !rows.ContainsKey(slot)))
            {
                yield return $"{journal.Run} {extra} has a row and no dispatch";
            }
        }

        var known = evidence.Journals.Select(journal => journal.Run).ToHashSet();
        foreach (var run in evidence.Runs.Where(run => !known.Contains(run.Id)))
        {
            yield return $"run {run.Id} has a row and no journal";
        }
    }

    private static (RunRow? Run, Dictionary<Slot, ExecutionRow> Executions) Rebuild(RunJournal journal)
    {
        RunRow? row = null;
        var executions = new Dictionary<Slot, ExecutionRow>();
        var state = RunState.Initial(journal.Run);
        foreach (var stored in journal.Entries)
        {
            var after = state.Evolve(stored.Entry.Events);
            var rows = RunRows.Of(state, after, stored.Entry.Events);
            row = rows.Run ?? row;
            foreach (var execution in rows.Executions)
            {
                executions[execution.Slot] = execution;
            }

            state = after;
        }

        return (row, executions);
    }

    private static string Line(RunRow row) =>
        $"{row.Workflow} {row.Status} {row.EndedAt is not null} [{string.Join(',', row.CurrentTasks)}] "
        + $"[{string.Join(',', row.CompletedTasks)}] [{string.Join(',', row.FailedTasks)}] [{string.Join(',', row.SkippedTasks)}] "
        + $"{row.Output} {row.Error}";

    private static string Line(RunLine row) =>
        $"{row.Workflow} {row.Status} {row.HasEnded} [{Names(row.Current)}] [{Names(row.Completed)}] "
        + $"[{Names(row.Failed)}] [{Names(row.Skipped)}] {ValueJson.Parse(row.Output)} {row.Error}";

    private static string Line(ExecutionRow row) =>
        $"{row.Status} {row.Action} {row.EndedAt is not null} {row.Error}";

    private static string Line(ExecutionLine row) => $"{row.Status} {row.Action} {row.HasEnded} {row.Error}";

    private static string Names(string json) => string.Join(',', JsonSerializer.Deserialize<string[]>(json)!);
}
