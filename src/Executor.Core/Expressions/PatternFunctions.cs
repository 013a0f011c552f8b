using System.Text;
using System.Text.RegularExpressions;
using Executor.Core.Values;

namespace Executor.Core.Expressions;

/// <summary>Regular expressions.</summary>
internal static class PatternFunctions
{
    /// <summary>The pattern comes first; as a filter, the text.</summary>
    public const string Match = "match";

    public static readonly Function[] All =
    [
        new(Match, 2, arguments => Guarded(arguments, () =>
            Value.Of(Pattern(arguments, 0).IsMatch(arguments.Text(1))))) { Pattern = 0 },
        new("matches", 2, arguments => Guarded(arguments, () =>
            Value.Of(Patterns.Whole(arguments.Text(1), arguments.PlaceOf(1)).IsMatch(arguments.Text(0))))) { Pattern = 1 },
        new("regex_replace", 3, arguments => Guarded(arguments, () => Replace(arguments))) { Pattern = 1 },
    ];

    private static Regex Pattern(Arguments arguments, int index) =>
        Patterns.Of(arguments.Text(index), arguments.PlaceOf(index));

    private static Value Guarded(Arguments arguments, Func<Value> apply)
    {
        try
        {
            return apply();
        }
        catch (RegexMatchTimeoutException)
        {
            throw Failure.Pattern(arguments.At, "The search takes too long.");
        }
    }

    /// <summary>Refuses at once what could grow too far: each <c>$</c> may stand for the whole text.</summary>
    private static Value Replace(Arguments arguments)
    {
        var text = arguments.Text(0);
        var replacement = arguments.Text(2);
        var groups = replacement.Count(character => character == '$');
        Bounds.CheckText(replacement.Length + ((long)groups * text.Length), arguments.PlaceOf(2));
        var replaced = new StringBuilder();
        var next = 0;
        for (var match = Pattern(arguments, 1).Match(text); match.Success; match = match.NextMatch())
        {
            var piece = groups == 0 ? replacement : match.Result(replacement);
            var between = match.Index - next;
            Bounds.CheckText((long)replaced.Length + between + piece.Length, arguments.At);
            arguments.Evaluation.Step(arguments.At);
            replaced.Append(text, next, between).Append(piece);
            next = match.Index + match.Length;
        }

        replaced.Append(text, next, text.Length - next);
        return arguments.Built(replaced.ToString());
    }
}
