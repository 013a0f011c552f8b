using System.Globalization;
using System.Text;
using Executor.Core.Values;

namespace Executor.Core.Runs;

/// <summary>
/// What went wrong, for people, as long as a journal keeps it: whoever wrote it, no entry can grow without bound or
/// become unwritable through it.
/// </summary>
/// <remarks>
/// What is longer is cut between two characters, and its end says how much is missing:
/// <c>… [12345 bytes cut]</c>.
/// </remarks>
public static class ErrorText
{
    /// <summary>In UTF-8, the note about what was cut included.</summary>
    public const int MostBytes = 8 * 1024;

    private const int LongestNote = 40;

    /// <param name="mostBytes">Well above the length of that note.</param>
    public static string Of(string text, int mostBytes = MostBytes)
    {
        var storable = StorableText.Of(text);
        return Encoding.UTF8.GetByteCount(storable) <= mostBytes ? storable : Cut(storable, mostBytes);
    }

    /// <summary>The texts of an attempt's end; conditions see what the journal keeps of them.</summary>
    internal static ItemOutcome In(ItemOutcome outcome)
    {
        var (error, code) = (OfAny(outcome.Error), OfAny(outcome.Code));
        return ReferenceEquals(error, outcome.Error) && ReferenceEquals(code, outcome.Code)
            ? outcome
            : outcome with { Error = error, Code = code };
    }

    /// <summary>The texts of a fact that is about to be written down.</summary>
    internal static RunEvent In(RunEvent happened) => happened switch
    {
        RunEvent.ItemFinished finished when In(finished.Outcome) is var outcome
            && !ReferenceEquals(outcome, finished.Outcome) => finished with { Outcome = outcome },
        RunEvent.VisitEnded { Error: { } error } ended => ended with { Error = Of(error) },
        RunEvent.ConditionFailed failed => failed with
        {
            Expression = Of(failed.Expression),
            Message = Of(failed.Message),
        },
        RunEvent.ProblemFound found => found with
        {
            Problem = found.Problem with { Message = Of(found.Problem.Message) },
        },
        RunEvent.CancelRequested { Reason: { } reason } requested => requested with { Reason = Of(reason) },
        RunEvent.PauseRequested { Reason: { } reason } requested => requested with { Reason = Of(reason) },
        RunEvent.RunEnded { Error: { } error } ended => ended with { Error = Of(error) },
        _ => happened,
    };

    private static string? OfAny(string? text) => text is null ? null : Of(text);

    private static string Cut(string text, int mostBytes)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var kept = mostBytes - LongestNote;
        while ((bytes[kept] & 0xC0) == 0x80)
        {
            kept--;
        }

        return string.Create(
            CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetString(bytes, 0, kept)}… [{bytes.Length - kept} bytes cut]");
    }
}
