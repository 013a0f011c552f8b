using Executor.Core.Runs;
using Executor.Core.Tests.Simulation.Engine;
using Executor.Core.Tests.Simulation.Parts;
using Executor.Core.Tests.Simulation.Programs;
using Executor.Core.Tests.Simulation.Tables;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.Simulation.Checks;

/// <summary>Reads each entry as it is stored.</summary>
internal sealed class JournalChecks(World world, Invariants checks)
{
    private readonly Dictionary<Slot, long> _dispatched = [];
    private readonly Dictionary<Slot, RunEvent.ItemFinished> _finished = [];
    private readonly Dictionary<Slot, DateTimeOffset> _retries = [];
    private readonly Dictionary<(string Task, int Visit), VisitRecord> _visits = [];
    private readonly List<VisitRecord> _open = [];
    private readonly HashSet<Slot> _questions = [];
    private readonly JoinChecks _joins = new(world.Scenario.Workflow);
    private readonly OrderChecks _order = new();
    private readonly KeptChecks _kept = new(world.Scenario.Rerun);
    private long _stoppedBy = long.MaxValue;
    private long _startedBy;

    public RunStatus? End { get; private set; }

    /// <summary>Renewals and repeated sends that hanging attempts may cost.</summary>
    public int HangingSteps { get; private set; }

    public bool HasStarted => _startedBy > 0;

    public bool HasEnded => End is not null;

    public bool IsCancelAsked { get; private set; }

    /// <summary>What ends is written down and nothing follows.</summary>
    public bool HoldsBack { get; private set; }

    public IReadOnlyDictionary<Slot, long> Dispatched => _dispatched;

    public IReadOnlyDictionary<Slot, RunEvent.ItemFinished> Finished => _finished;

    public IReadOnlyDictionary<(string Task, int Visit), VisitRecord> Visits => _visits;

    /// <summary>Nothing new may start any more.</summary>
    public bool IsStopping => _stoppedBy < long.MaxValue;

    /// <summary>No worker has it.</summary>
    public bool IsQuestion(Slot slot) => _questions.Contains(slot);

    public KeptChecks Kept => _kept;

    public bool IsDispatched(Slot slot) => _dispatched.ContainsKey(slot);

    public VisitRecord? Find(Slot slot) => _visits.GetValueOrDefault((slot.Task, slot.Visit));

    public void Read(JournalLine row)
    {
        _order.Check(row, checks);
        foreach (var happened in row.Events)
        {
            ReferralChecks.Check(world, happened, row.Sequence);
            Read(happened, row.Sequence);
        }

        foreach (var visit in _open)
        {
            visit.CheckAfter(row.Sequence, checks, this);
        }

        _open.RemoveAll(static visit => visit.End is not null);

        if (world.Scenario.Workflow.MaxParallel is { } most && _dispatched.Count - _finished.Count > most)
        {
            checks.Break("I10", $"{_dispatched.Count - _finished.Count} slots are out after entry {row.Sequence}, {most} may be");
        }
    }

    private void Read(RunEvent happened, long entry)
    {
        if (HoldsBack && happened is RunEvent.Dispatched or RunEvent.Held or RunEvent.VisitOpened or RunEvent.VisitEnded
            or RunEvent.DelayEnded or RunEvent.TransitionFired or RunEvent.RunEnded)
        {
            checks.Break("I21", $"{happened.GetType().Name} in entry {entry}, although the run is paused");
        }

        switch (happened)
        {
            case RunEvent.RunStarted:
                _startedBy = entry;
                break;
            case RunEvent.Arrived arrived:
                _joins.Arrive(arrived, checks);
                break;
            case RunEvent.VisitOpened opened:
                _joins.Open(opened, checks);
                Open(opened, entry);
                break;
            case RunEvent.VisitKept kept:
                _kept.Keep(kept);
                _visits.GetValueOrDefault((kept.Task, kept.Visit))?.Keep(kept);
                break;
            case RunEvent.Held held:
                Find(held.Slot)?.Take(held.Slot, entry, checks);
                break;
            case RunEvent.Dispatched dispatched:
                HangingSteps += StepsToHang(dispatched);
                if (dispatched.IsQuestion)
                {
                    _questions.Add(dispatched.Slot);
                }

                Dispatch(dispatched.Slot, entry);
                break;
            case RunEvent.ItemFinished finished:
                Finish(finished);
                break;
            case RunEvent.RetryScheduled retry:
                _retries[retry.Slot] = retry.Due;
                break;
            case RunEvent.ItemDropped dropped:
                Find(dropped.Slot)?.InFlight.Remove(dropped.Slot.Item);
                break;
            case RunEvent.ItemsDropped dropped:
                _visits.GetValueOrDefault((dropped.Task, dropped.Visit))?.DropRest();
                break;
            case RunEvent.InnerEnded ended:
                Leave(ended);
                break;
            case RunEvent.VisitEnded ended:
                Close(ended, entry);
                break;
            case RunEvent.VisitRetried retried:
                Reopen(retried);
                break;
            case RunEvent.PauseRequested:
                HoldsBack = !IsStopping;
                break;
            case RunEvent.RunResumed:
                HoldsBack = false;
                break;
            case RunEvent.RunFailing or RunEvent.RunTimedOut:
                HoldsBack = false;
                _stoppedBy = Math.Min(_stoppedBy, entry);
                break;
            case RunEvent.CancelRequested:
                IsCancelAsked = true;
                HoldsBack = false;
                _stoppedBy = Math.Min(_stoppedBy, entry - 1);
                break;
            case RunEvent.RunEnded ended:
                Finish(ended);
                break;
        }
    }

    private void Open(RunEvent.VisitOpened opened, long entry)
    {
        var visit = new VisitRecord(opened, entry);
        _open.Add(visit);
        if (!_visits.TryAdd((opened.Task, opened.Visit), visit))
        {
            checks.Break("I11", $"{opened.Task}/{opened.Visit} was opened twice");
        }

        if (world.Scenario.Workflow.Graph.Find(opened.Task) is { Parent: { } parent } inner)
        {
            Enter(opened, inner, parent, entry);
        }
        else if (opened.OpenedBy is { } task
            && (!_visits.TryGetValue((task, opened.OpenedByVisit), out var by) || by.EndedBy != entry))
        {
            checks.Break("I12", $"{opened.Task}/{opened.Visit} was opened by entry {entry}, not by the one that ended {task}/{opened.OpenedByVisit}");
        }

        RefuseAfterEnd(entry, $"{opened.Task}/{opened.Visit} was opened");
    }

    private void Enter(RunEvent.VisitOpened opened, TaskSpec inner, string parent, long entry)
    {
        if (opened.OpenedBy != parent || !_visits.TryGetValue((parent, opened.OpenedByVisit), out var around) || around.End is not null)
        {
            checks.Break("I12", $"{opened.Task}/{opened.Visit} was opened outside of any visit of {parent}");
            return;
        }

        var place = world.Scenario.Workflow.Graph.Find(parent)!.Inside.IndexOf(inner.Name);
        if (world.Scenario.Rerun is null || entry > _startedBy)
        {
            around.Take(new Slot(parent, opened.OpenedByVisit, place, 1), entry, checks);
        }
        else
        {
            // What is kept inside of it may leave gaps, which are filled later in this entry.
            around.TakeAnywhere(place);
        }
    }

    private void Leave(RunEvent.InnerEnded ended)
    {
        var place = world.Scenario.Workflow.Graph.Find(ended.Task)!.Inside.IndexOf(ended.Inner);
        if (!_visits.TryGetValue((ended.Task, ended.Visit), out var around) || !around.InFlight.Remove(place)
            || _visits[(ended.Inner, ended.InnerVisit)].End is null)
        {
            checks.Break("I12", $"{ended.Inner}/{ended.InnerVisit} left {ended.Task}/{ended.Visit} without being in it, or open");
        }
    }

    private void Reopen(RunEvent.VisitRetried retried)
    {
        if (_visits.TryGetValue((retried.Task, retried.Visit), out var visit))
        {
            visit.Reopen(retried.Items);
            _open.Remove(visit);
            _open.Add(visit);
        }
    }

    private void Dispatch(Slot slot, long entry)
    {
        if (!_dispatched.TryAdd(slot, entry))
        {
            checks.Break("I1", $"{slot} was dispatched by entry {_dispatched[slot]} and again by entry {entry}");
        }

        _kept.Dispatch(slot, checks);
        RefuseAfterEnd(entry, $"{slot} was dispatched");
        if (Find(slot) is not { } visit)
        {
            checks.Break("I11", $"{slot} was dispatched before its visit was opened");
            return;
        }

        visit.Take(slot, entry, checks);
        var due = slot.Attempt == 1 ? visit.Due : _retries.GetValueOrDefault(slot);
        if (due > world.Now + Node.MostSkew)
        {
            checks.Break("I20", $"{slot} was dispatched before it was due");
        }

        if (slot.Attempt > 1)
        {
            var before = slot with { Attempt = slot.Attempt - 1 };
            var former = _finished.GetValueOrDefault(before)?.Outcome.Status ?? _kept.EndOf(before);
            if (former is not (SlotStatus.Failed or SlotStatus.Timeout or SlotStatus.Abandoned)
                && !(former is not null && visit.IsRepeated))
            {
                checks.Break("I6", $"{slot} was dispatched although the attempt before it was {former?.ToString() ?? "open"}");
            }
        }
    }

    private int StepsToHang(RunEvent.Dispatched dispatched) =>
        !dispatched.IsQuestion && world.Scenario.Script.Of(dispatched.Slot).Code == Script.HangCode
            ? 40 + (int)(4 * dispatched.Timeout / world.Profile.Lease)
            : 0;

    private void Finish(RunEvent.ItemFinished finished)
    {
        LostChecks.Check(world, finished);
        var slot = finished.Slot;
        if (!_dispatched.ContainsKey(slot))
        {
            checks.Break("I5", $"{slot} ended without having been dispatched");
        }

        if (!_finished.TryAdd(slot, finished))
        {
            checks.Break("I9", $"{slot} ended twice");
        }

        if (finished.Last)
        {
            Find(slot)?.InFlight.Remove(slot.Item);
        }
    }

    private void Close(RunEvent.VisitEnded ended, long entry)
    {
        if (!_visits.TryGetValue((ended.Task, ended.Visit), out var visit))
        {
            checks.Break("I11", $"{ended.Task}/{ended.Visit} ended and was never opened");
        }
        else if (visit.End is not null)
        {
            checks.Break("I11", $"{ended.Task}/{ended.Visit} ended twice");
        }
        else
        {
            visit.Close(ended.Status, entry, checks);
        }
    }

    private void Finish(RunEvent.RunEnded ended)
    {
        if (HasEnded)
        {
            checks.Break("I14", $"the run ended as {End} and again as {ended.Status}");
        }

        End = ended.Status;
    }

    private void RefuseAfterEnd(long entry, string what)
    {
        if (HasEnded || entry > _stoppedBy)
        {
            checks.Break("I14", $"{what} by entry {entry}, after the {(HasEnded ? "end" : "stop")} of the run");
        }
    }
}
