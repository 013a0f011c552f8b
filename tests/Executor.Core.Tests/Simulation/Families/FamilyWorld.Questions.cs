using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Core.Tests.Simulation.Families;

/// <content>People, who answer what they see: nobody answers a question without a row.</content>
internal sealed partial class FamilyWorld
{
    private readonly Dictionary<DispatchId, Asked> _asked = [];

    private void Show(InquiryRow row) => _asked.TryAdd(row.Id, new Asked(row));

    private void OfferQuestions()
    {
        foreach (var asked in _asked.Values)
        {
            if (asked.Told is null or { IsLost: true } || (asked.Told.IsAnswered && asked.MoreLeft > 0))
            {
                _moves.Add(() => Answer(asked));
            }
        }
    }

    private void Answer(Asked asked)
    {
        asked.MoreLeft -= asked.Told is { IsAnswered: true } ? 1 : 0;
        asked.Told = Deliver(
            asked.Row.Run, new Letter(new RunCommand.Answer(asked.Row.Slot, Value.Of(_dice.Below(3)), "somebody", Now)));
    }

    private sealed class Asked(InquiryRow row)
    {
        public InquiryRow Row { get; } = row;

        public Letter? Told { get; set; }

        /// <summary>How often others answer it once more.</summary>
        public int MoreLeft { get; set; } = 1;
    }
}
