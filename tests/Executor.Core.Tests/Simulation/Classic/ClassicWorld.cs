using Executor.Core.Tests.Simulation.Engine;

namespace Executor.Core.Tests.Simulation.Classic;

/// <summary>
/// An executor of the usual kind: workers write their own rows and report; whoever handles a report asks the rows
/// whether siblings are left, and dispatches the successor when none is.
/// </summary>
/// <remarks>It acknowledges a report before the effects of it have run, as the model for this variant did.</remarks>
internal sealed class ClassicWorld
{
    private enum Kind
    {
        Request,
        TakeRequest,
        WriteRow,
        Report,
        TakeReport,
        AskSiblings,
        Dispatch,
        RunSuccessor,
        Crash,
        CopyReport,
    }

    private enum Item
    {
        Waiting,
        Requested,
        Taken,
        Written,
        Reported,
    }

    private enum Handling
    {
        Idle,
        Taken,
        MustDispatch,
    }

    private readonly List<(Kind Kind, int Arg)> _moves = [];
    private readonly Schedule _schedule;
    private readonly Item[] _items;
    private readonly List<int> _reports = [];
    private readonly List<string>? _trace;
    private int _faultsLeft;
    private Handling _handling;
    private int _dispatched;
    private int _started;

    public ClassicWorld(int items, int faults, Schedule schedule, List<string>? trace = null)
    {
        _items = new Item[items];
        _faultsLeft = faults;
        _schedule = schedule;
        _trace = trace;
    }

    public int Steps { get; private set; }

    public Violation? Play()
    {
        while (Step())
        {
            if (_started > 1)
            {
                return new Violation("I12", "the successor of the items ran twice");
            }
        }

        return _started == 0 ? new Violation("I7", "the successor never ran") : null;
    }

    private bool Step()
    {
        _moves.Clear();
        for (var item = 0; item < _items.Length; item++)
        {
            if (_items[item] < Item.Reported)
            {
                Offer(true, Kind.Request + (int)_items[item], item);
            }
        }

        for (var place = 0; _handling == Handling.Idle && place < _reports.Count; place++)
        {
            Offer(true, Kind.TakeReport, place);
        }

        Offer(_handling == Handling.Taken, Kind.AskSiblings, 0);
        Offer(_handling == Handling.MustDispatch, Kind.Dispatch, 0);
        Offer(_started < _dispatched, Kind.RunSuccessor, 0);
        if (_moves.Count == 0)
        {
            return false;
        }

        Offer(_faultsLeft > 0 && !_schedule.IsExhausted && _handling != Handling.Idle, Kind.Crash, 0);
        Offer(_faultsLeft > 0 && !_schedule.IsExhausted && _reports.Count > 0, Kind.CopyReport, 0);
        var (kind, arg) = _moves[_schedule.Next() % _moves.Count];
        Steps++;
        _trace?.Add($"{Steps,4} {kind} {arg}");
        Do(kind, arg);
        return true;
    }

    private void Offer(bool isEnabled, Kind kind, int arg)
    {
        if (isEnabled)
        {
            _moves.Add((kind, arg));
        }
    }

    private void Do(Kind kind, int arg)
    {
        switch (kind)
        {
            case Kind.Request or Kind.TakeRequest or Kind.WriteRow:
                _items[arg]++;
                break;
            case Kind.Report:
                _items[arg]++;
                _reports.Add(arg);
                break;
            case Kind.TakeReport:
                _reports.RemoveAt(arg);
                _handling = Handling.Taken;
                break;
            case Kind.AskSiblings:
                _handling = Array.TrueForAll(_items, item => item >= Item.Written) ? Handling.MustDispatch : Handling.Idle;
                break;
            case Kind.Dispatch:
                _dispatched++;
                _handling = Handling.Idle;
                break;
            case Kind.RunSuccessor:
                _started++;
                break;
            case Kind.Crash:
                _faultsLeft--;
                _handling = Handling.Idle;
                break;
            case Kind.CopyReport:
                _faultsLeft--;
                _reports.Add(_reports[0]);
                break;
        }
    }
}
