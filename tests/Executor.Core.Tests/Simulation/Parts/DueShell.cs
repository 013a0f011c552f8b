using Executor.Core.Runs;
using Executor.Core.Tests.Simulation.Engine;

namespace Executor.Core.Tests.Simulation.Parts;

/// <summary>Keeps the row of the run as the run's actor wants it kept, one step after the other.</summary>
internal sealed class DueShell(Node node) : Part(node.World)
{
    private enum Code
    {
        Step,
        StepFailed,
        StepUnknown,
    }

    private readonly Queue<DueStep> _steps = new();

    public override string Name => node.Name + ".due";

    public void Ask(DueStep? step)
    {
        if (step is not null)
        {
            _steps.Enqueue(step);
        }
    }

    public void NoteDeath()
    {
        if (_steps.Count > 0)
        {
            World.Statistics.Died(Point.KeepDue);
        }
    }

    public override void Offer(Moves moves)
    {
        if (_steps.Count > 0)
        {
            moves.Add(this, (int)Code.Step);
        }
    }

    public override void OfferFaults(Moves moves)
    {
        if (_steps.Count > 0)
        {
            moves.AddFault(this, (int)Code.StepFailed, FaultKind.DueFailed);
            moves.AddFault(this, (int)Code.StepUnknown, FaultKind.DueUnknown);
        }
    }

    public override void Do(int code, int arg)
    {
        switch ((Code)code)
        {
            case Code.Step:
                var step = _steps.Dequeue();
                var before = Take(step);
                if (step is not (DueStep.Release or DueStep.Forget))
                {
                    node.Runs.Answer(step, before);
                }

                break;
            case Code.StepFailed:
                World.Faulted(FaultKind.DueFailed);
                break;
            case Code.StepUnknown:
                World.Faulted(FaultKind.DueUnknown);
                Take(_steps.Peek());
                break;
        }
    }

    public override string Describe(int code, int arg) => $"{(Code)code} {_steps.Peek()}, row {World.Due}";

    /// <returns>The row as it was before.</returns>
    private DueRow? Take(DueStep step)
    {
        if (step is DueStep.Move move && World.Has(Flaw.RowMovedByAnybody) && World.Due is { } row)
        {
            World.Due = row with { Holder = move.Holder };
        }

        var before = World.Due;
        World.Due = step.Apply(before);
        return before;
    }
}
