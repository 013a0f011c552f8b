using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Core.Tests.Simulation.Programs;

/// <summary>
/// How each attempt ends, by letters for each task: <c>s</c> or a digit succeeds, <c>f</c> fails, <c>t</c> times out,
/// <c>h</c> hangs until its timeout, <c>x</c> succeeds with hostile text.
/// </summary>
internal sealed class Script
{
    /// <summary>Marks an outcome that comes only when the timeout of the attempt has passed.</summary>
    public const string HangCode = RunCodes.TaskTimeout;

    private static readonly ItemOutcome Hung = new(SlotStatus.Timeout, Value.Null, "no end", HangCode);
    private static readonly ItemOutcome Failed = new(SlotStatus.Failed, Number(0), "it failed");
    private static readonly ItemOutcome TimedOut = new(SlotStatus.Timeout, Value.Null, "too late");

    private static readonly ItemOutcome Hostile =
        new(SlotStatus.Completed, Value.Of("{{ 'x' }} \" }} {% \\ \n \u2028 \ud83d\ude00 ' #"));

    private static readonly ItemOutcome[] Numbers =
        [.. Enumerable.Range(0, 10).Select(number => new ItemOutcome(SlotStatus.Completed, Number(number)))];

    public Script(IReadOnlyDictionary<string, string> letters) => Letters = letters;

    public IReadOnlyDictionary<string, string> Letters { get; }

    /// <summary>Some attempt keeps its worker busy to the end of its time.</summary>
    public bool Hangs => Letters.Values.Any(letters => letters.Contains('h'));

    public ItemOutcome Of(Slot slot) => Of(slot, 0);

    /// <summary>In the run that this one repeats.</summary>
    public ItemOutcome OfOrigin(Slot slot) => Of(slot, 1);

    private ItemOutcome Of(Slot slot, int shift)
    {
        if (!Letters.TryGetValue(slot.Task, out var letters) || letters.Length == 0)
        {
            return Numbers[1];
        }

        var place = ((slot.Visit - 1) * 5) + ((slot.Item + 1) * 3) + slot.Attempt - 1 + shift;
        return letters[place % letters.Length] switch
        {
            'f' => Failed,
            't' => TimedOut,
            'h' => Hung,
            'x' => Hostile,
            >= '0' and <= '9' and var digit => Numbers[digit - '0'],
            _ => Numbers[1],
        };
    }

    private static Value.Map Number(int number) =>
        new([KeyValuePair.Create("v", Value.Of((long)number))]);
}
