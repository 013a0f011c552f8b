using Executor.Core.Runs;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.Simulation.Checks;

/// <summary>A join opens once a round, after as many different tasks as it needs.</summary>
internal sealed class JoinChecks(WorkflowSpec workflow)
{
    private readonly Dictionary<(string Task, int Visit), HashSet<string>> _arrivals = [];

    public void Arrive(RunEvent.Arrived arrived, Invariants checks)
    {
        if (!_arrivals.TryGetValue((arrived.Task, arrived.Visit), out var tasks))
        {
            tasks = [];
            _arrivals.Add((arrived.Task, arrived.Visit), tasks);
        }

        if (!tasks.Add(arrived.FromTask))
        {
            checks.Break("I11", $"{arrived.FromTask} arrived twice at {arrived.Task}/{arrived.Visit}");
        }
    }

    /// <summary>An entry task opens with the run, whatever it says of joins.</summary>
    public void Open(RunEvent.VisitOpened opened, Invariants checks)
    {
        if (opened.OpenedBy is null)
        {
            return;
        }

        foreach (var task in workflow.Tasks)
        {
            if (task.Name != opened.Task || task.Join is not { } join)
            {
                continue;
            }

            var needed = join.Count ?? workflow.Tasks.Count(other => other.Next.Any(next => next.Do.Contains(task.Name)));
            var arrived = _arrivals.GetValueOrDefault((opened.Task, opened.Visit))?.Count ?? 0;
            if (arrived < needed)
            {
                checks.Break("I11", $"{opened.Task}/{opened.Visit} opened after {arrived} of {needed} arrivals");
            }
        }
    }
}
