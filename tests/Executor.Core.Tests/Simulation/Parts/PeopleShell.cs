using Executor.Core.Tests.Simulation.Engine;

namespace Executor.Core.Tests.Simulation.Parts;

/// <summary>Writes the rows of questions, for nobody answers what nobody sees.</summary>
internal sealed class PeopleShell(Node node) : Part(node.World)
{
    private enum Code
    {
        Show,
        ShowFailed,
        ShowUnknown,
    }

    private readonly List<InquiryRow> _rows = [];

    public override string Name => node.Name + ".people";

    public void Enqueue(InquiryRow row) => _rows.Add(row);

    public void NoteDeath()
    {
        if (_rows.Count > 0)
        {
            World.Statistics.Died(Point.Show);
        }
    }

    public override void Offer(Moves moves)
    {
        if (_rows.Count > 0)
        {
            moves.Add(this, (int)Code.Show);
        }
    }

    public override void OfferFaults(Moves moves)
    {
        if (_rows.Count > 0)
        {
            moves.AddFault(this, (int)Code.ShowFailed, FaultKind.QuestionFailed);
            moves.AddFault(this, (int)Code.ShowUnknown, FaultKind.QuestionUnknown);
        }
    }

    public override void Do(int code, int arg)
    {
        switch ((Code)code)
        {
            case Code.Show:
                World.People.See(_rows[0]);
                node.Runs.Know(_rows[0].Slot);
                _rows.RemoveAt(0);
                break;
            case Code.ShowFailed:
                World.Faulted(FaultKind.QuestionFailed);
                break;
            case Code.ShowUnknown:
                World.Faulted(FaultKind.QuestionUnknown);
                World.People.See(_rows[0]);
                break;
        }
    }

    public override string Describe(int code, int arg) => $"{(Code)code} {_rows[0].Slot}";
}
