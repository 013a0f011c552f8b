using Executor.Core.Messages;
using Executor.Core.Tests.Simulation.Engine;

namespace Executor.Core.Tests.Simulation.Parts;

/// <summary>Takes claims, swaps the rows, answers.</summary>
internal sealed class DeskShell(Node node) : Part(node.World)
{
    private enum Code
    {
        Claim,
        ClaimFailed,
        ClaimUnknown,
        Answer,
        AnswerLost,
    }

    private readonly List<(Claim Claim, bool IsGranted)> _answers = [];

    public override string Name => node.Name + ".desk";

    /// <summary>Proof of a grant, made without the database.</summary>
    public static string Token(Claim claim) => $"granted {claim.Worker} {claim.ClaimId} {claim.Id.Text}";

    public bool IsAnswering(string claim)
    {
        foreach (var (asked, _) in _answers)
        {
            if (asked.ClaimId == claim)
            {
                return true;
            }
        }

        return false;
    }

    public void NoteDeath()
    {
        if (_answers.Count > 0)
        {
            World.Statistics.Died(Point.AnswerClaim);
        }
    }

    public override void Offer(Moves moves)
    {
        if (World.Claims.FirstReady() >= 0)
        {
            moves.Add(this, (int)Code.Claim);
        }

        for (var index = 0; index < _answers.Count; index++)
        {
            moves.Add(this, (int)Code.Answer, index);
        }
    }

    public override void OfferFaults(Moves moves)
    {
        if (World.Claims.FirstReady() >= 0)
        {
            moves.AddFault(this, (int)Code.ClaimFailed, FaultKind.ClaimFailed);
            moves.AddFault(this, (int)Code.ClaimUnknown, FaultKind.ClaimUnknown);
        }

        if (_answers.Count > 0)
        {
            moves.AddFault(this, (int)Code.AnswerLost, FaultKind.AnswerLost);
        }
    }

    public override void Do(int code, int arg)
    {
        switch ((Code)code)
        {
            case Code.Claim:
                var claim = Take();
                _answers.Add((claim, Swap(claim)));
                break;
            case Code.ClaimFailed:
                World.Faulted(FaultKind.ClaimFailed);
                Take();
                break;
            case Code.ClaimUnknown:
                World.Faulted(FaultKind.ClaimUnknown);
                Swap(Take());
                break;
            case Code.Answer:
                var answer = _answers[arg];
                _answers.RemoveAt(arg);
                foreach (var worker in World.Workers)
                {
                    worker.Hear(answer.Claim.ClaimId, answer.IsGranted ? Token(answer.Claim) : null);
                }

                break;
            case Code.AnswerLost:
                World.Faulted(FaultKind.AnswerLost);
                _answers.RemoveAt(0);
                break;
        }
    }

    public override string Describe(int code, int arg) => (Code)code switch
    {
        Code.Answer => $"answers {_answers[arg].Claim.ClaimId} {(_answers[arg].IsGranted ? "granted" : "refused")}",
        Code.AnswerLost => $"loses the answer to {_answers[0].Claim.ClaimId}",
        var other => $"{other} {World.Claims[World.Claims.FirstReady()].Body.Slot}",
    };

    private Claim Take()
    {
        var message = World.Claims.Take(World.Claims.FirstReady(), this);
        World.Claims.Ack(message, this);
        return message.Body;
    }

    private bool Swap(Claim claim) => World.Guard.Claim(claim.Slot, claim.Worker, claim.ClaimId);
}
