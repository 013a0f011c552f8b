using System.Collections.Immutable;
using Executor.Core.Runs;
using Executor.Core.Tests.Simulation.Engine;
using Executor.Core.Values;

namespace Executor.Core.Tests.Simulation.Parts;

/// <content>Results beside the journal: stored before anything is decided about them, fetched when a decision reads them.</content>
internal sealed partial class RunShell
{
    private const int EvenTheSmallest = 1;
    private readonly Dictionary<StoredResult, ReadOnlyMemory<byte>> _unstored = [];
    private StoredContents? _contents;
    private ImmutableArray<StoredResult> _needs = [];

    private bool IsFetching => !_needs.IsEmpty;

    /// <summary>The place of the first end whose result is to be stored first.</summary>
    private int FindUnkept() => World.Profile.Refers ? _mailbox.FindIndex(IsUnkept) : -1;

    private bool IsUnkept(Envelope envelope) => envelope.Command is RunCommand.FinishItem { Outcome.Result: var result } finish
        && LargeResult.Is(result, EvenTheSmallest) && _run!.IsAwaited(finish.Slot);

    private void OfferKeeping(Moves moves)
    {
        if (FindUnkept() >= 0)
        {
            moves.Add(this, (int)Code.Keep);
        }
    }

    private void OfferKeepingFaults(Moves moves)
    {
        if (_phase == Phase.Idle && IsFetching)
        {
            moves.AddFault(this, (int)Code.FetchFailed, FaultKind.FetchFailed);
        }
        else if (_phase == Phase.Idle && FindUnkept() >= 0)
        {
            moves.AddFault(this, (int)Code.KeepFailed, FaultKind.KeepFailed);
            moves.AddFault(this, (int)Code.KeepUnknown, FaultKind.KeepUnknown);
        }
    }

    private void DoKeeping(Code code)
    {
        switch (code)
        {
            case Code.Keep:
                Keep(isHeard: true);
                break;
            case Code.KeepFailed:
                World.Faulted(FaultKind.KeepFailed);
                break;
            case Code.KeepUnknown:
                World.Faulted(FaultKind.KeepUnknown);
                Keep(isHeard: false);
                break;
            case Code.Fetch:
                Fetch();
                break;
            case Code.FetchFailed:
                World.Faulted(FaultKind.FetchFailed);
                break;
        }
    }

    /// <summary>All that wait, as one call.</summary>
    /// <param name="isHeard">False: they are stored, and the run does not know.</param>
    private void Keep(bool isHeard)
    {
        foreach (var envelope in _mailbox.Where(IsUnkept))
        {
            var (stored, json) = LargeResult.Write(((RunCommand.FinishItem)envelope.Command!).Outcome.Result)!.Value;
            if (World.Has(Flaw.JournaledBeforeStored))
            {
                _unstored[stored] = json;
            }
            else
            {
                World.Kept.Store(stored, json);
            }

            if (isHeard)
            {
                envelope.Refer(stored);
            }
        }
    }

    /// <summary>With the flaw that stores results after the entry.</summary>
    private void StoreLate()
    {
        foreach (var (stored, json) in _unstored)
        {
            World.Kept.Store(stored, json);
        }

        _unstored.Clear();
    }

    private void HoldBack(Envelope envelope, Decision decision)
    {
        var isFirst = _batch[0] == envelope;
        var place = _batch.IndexOf(envelope);
        _mailbox.InsertRange(0, _batch[place..]);
        _batch.RemoveRange(place, _batch.Count - place);
        _needs = isFirst ? decision.Needs : [];
    }

    private void Fetch()
    {
        foreach (var stored in _needs)
        {
            var content = World.Has(Flaw.OtherContentFetched) ? Value.Map.Empty : World.Kept.Fetch(stored);
            _contents = (_contents ?? StoredContents.None).With(stored, content);
        }

        _needs = [];
    }

    private void ForgetContents() => (_contents, _needs) = (null, []);
}
