using Executor.Core.Runs;

namespace Executor.Core.Tests.Simulation.Families;

/// <content>Results beside the journal are stored before anything is decided about them.</content>
internal sealed partial class Life
{
    /// <summary>Results wait to be stored before anything is decided about them.</summary>
    public bool HasUnkept => _inbox.Any(IsUnkept);

    /// <summary>All that wait, as one call.</summary>
    /// <param name="isHeard">False: they are stored, and this life does not know.</param>
    public void Keep(bool isHeard = true)
    {
        foreach (var letter in _inbox.Where(IsUnkept))
        {
            var (stored, json) = LargeResult.Write(((RunCommand.FinishItem)letter.Command!).Outcome.Result)!.Value;
            if (_world.Flaw != FamilyFlaw.JournaledBeforeStored)
            {
                _world.KeptOf(Id).Store(stored, json);
            }

            if (isHeard)
            {
                letter.Refer(stored);
            }
        }
    }

    private bool IsUnkept(Letter letter) => _world.Refers
        && letter.Command is RunCommand.FinishItem { Outcome.Result: var result } finish
        && LargeResult.Is(result, limit: 1) && State.IsAwaited(finish.Slot);
}
