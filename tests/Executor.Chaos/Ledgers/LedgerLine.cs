using System.Globalization;
using Executor.Core.Runs;

namespace Executor.Chaos.Ledgers;

/// <summary>What an action has written about itself: never the product, and independent of both servers.</summary>
/// <param name="Worker">The worker's process.</param>
internal sealed record LedgerLine(
    LedgerMark Mark, DateTimeOffset At, RunId Run, Slot Slot, DispatchId Id, int Worker)
{
    /// <summary>One line, at most 512 bytes: one write to the end of a file is never torn.</summary>
    public string Text => string.Create(
        CultureInfo.InvariantCulture,
        $"{(char)Mark} {(At - DateTimeOffset.UnixEpoch).Ticks * 100} {Run} {Slot.Task} {Slot.Visit} {Slot.Item} {Slot.Attempt} {Id} {Worker}\n");

    /// <exception cref="FormatException">It is no line of a ledger.</exception>
    public static LedgerLine Parse(string line)
    {
        var parts = line.Split(' ');
        return parts.Length == 9 && parts[0].Length == 1
            ? new LedgerLine(
                (LedgerMark)parts[0][0],
                DateTimeOffset.UnixEpoch + TimeSpan.FromTicks(Number<long>(parts[1]) / 100),
                new RunId(parts[2]),
                new Slot(parts[3], Number<int>(parts[4]), Number<int>(parts[5]), Number<int>(parts[6])),
                new DispatchId(parts[7]),
                Number<int>(parts[8]))
            : throw new FormatException($"No line of a ledger: '{line}'.");
    }

    private static T Number<T>(string text)
        where T : IParsable<T> => T.Parse(text, CultureInfo.InvariantCulture);
}

internal enum LedgerMark
{
    /// <summary>The body was entered.</summary>
    Started = 'S',

    /// <summary>The body came to its end.</summary>
    Ended = 'E',

    /// <summary>The body was told to stop, and has.</summary>
    Stopped = 'X',
}
