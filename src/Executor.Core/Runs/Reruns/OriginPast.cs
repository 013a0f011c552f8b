using System.Collections.Immutable;
using Executor.Core.Workflows;

namespace Executor.Core.Runs.Reruns;

/// <summary>A run that has ended, and what its end has cut off: visits whose transitions were never followed to the last.</summary>
internal sealed class OriginPast
{
    private readonly HashSet<int> _cutOff = [];
    private readonly Dictionary<int, int> _around = [];

    private OriginPast(RunId id) => Run = RunState.Initial(id);

    /// <summary>At its end.</summary>
    public RunState Run { get; private set; }

    /// <summary>Ordinals.</summary>
    public IReadOnlySet<int> CutOff => _cutOff;

    /// <summary>Ordinal of the visit that said <c>fail</c>, or could not publish; null when none did.</summary>
    public int? FailedBy { get; private set; }

    public static OriginPast Of(RunId id, IEnumerable<ImmutableArray<RunEvent>> journal)
    {
        var past = new OriginPast(id);
        foreach (var entry in journal)
        {
            past.Read(entry);
        }

        return past;
    }

    /// <returns>The ordinal of the visit of a parallel task of which this one is a part; null when it is of none.</returns>
    public int? Around(int ordinal) => _around.TryGetValue(ordinal, out var around) ? around : null;

    /// <returns>The last one that has opened; null when none has.</returns>
    public TaskVisit? LastVisit(TaskSpec task) => Run.Track(task).Visits
        .Select(ordinal => Run.Visits[ordinal]!)
        .LastOrDefault(visit => visit.OpenedAt is not null);

    private void Read(ImmutableArray<RunEvent> entry)
    {
        var ended = new List<int>();
        int? followed = null;
        RunEvent.ProblemFound? problem = null;
        foreach (var happened in entry)
        {
            var isCut = Run.IsFailing || Run.IsStopping;
            Run = Run.Evolve(happened);
            switch (happened)
            {
                case RunEvent.VisitOpened { OpenedBy: { } by } opened when Run.Graph!.Find(opened.Task)!.Parent is not null:
                    _around[Ordinal(opened.Task, opened.Visit)] = Ordinal(by, opened.OpenedByVisit);
                    break;
                case RunEvent.VisitEnded one when isCut:
                    _cutOff.Add(Ordinal(one.Task, one.Visit));
                    break;
                case RunEvent.VisitEnded one:
                    ended.Add(Ordinal(one.Task, one.Visit));
                    break;
                case RunEvent.TransitionFired fired:
                    followed = Ordinal(fired.Task, fired.Visit);
                    break;
                case RunEvent.ProblemFound found:
                    problem = found;
                    break;
                case RunEvent.RunFailing when problem is not null:
                    Fail(problem, followed, ended);
                    break;
                default:
                    break;
            }
        }

        Run = Run.EndEntry();
    }

    /// <summary>Visits are followed in the order of their ends: what ended after the one that failed never was.</summary>
    private void Fail(RunEvent.ProblemFound problem, int? followed, List<int> ended)
    {
        switch (problem.Problem)
        {
            case { Code: RunCodes.FailedByCommand or RunCodes.PublishError, Task: { } task }:
                FailedBy = followed = Ordinal(task, problem.Visit);
                break;
            case { Code: RunCodes.TooManyVisits } when followed is { } halfway:
                _cutOff.Add(halfway);
                break;
            case { Code: RunCodes.Unwritable }:
                return;
            default:
                break;
        }

        var place = followed is { } ordinal ? ended.LastIndexOf(ordinal) : -1;
        _cutOff.UnionWith(ended.Skip(place + 1));
    }

    private int Ordinal(string task, int visit) => Run.Visit(task, visit)!.Ordinal;
}
