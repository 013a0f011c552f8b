using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Host.Verbs;

/// <summary>An answer as it is typed: names and values by the question's schema, or one value.</summary>
internal static class AnswerReading
{
    /// <param name="whole">The answer as one value; null when it is given by names.</param>
    /// <exception cref="Unusable">Not NAME=VALUE, a name twice, neither of the two, or both.</exception>
    public static Value Read(Question question, string? whole, IReadOnlyList<string> pairs)
    {
        if ((whole is null) == (pairs.Count == 0))
        {
            throw new Unusable("cli.answer", "there is no answer, or there are two", Advice(question));
        }

        return whole is null ? Members(question, pairs) : Whole(question, whole);
    }

    /// <summary>How the question is answered, behind the verb and its id.</summary>
    public static string Usage(Question question)
    {
        if (question.Schema is not { } schema)
        {
            return question.Options.IsEmpty ? "VALUE" : string.Join('|', question.Options.Select(Text));
        }

        var required = schema.Parameters.Where(one => one.Required).Select(one => one.Name).ToList();
        var shown = required.Count > 0 ? required : [.. schema.Parameters.Select(one => one.Name).Take(1)];
        return string.Join(' ', shown.Select(name => $"-v {name}=VALUE"));
    }

    /// <summary>A text as it is; anything else as JSON.</summary>
    public static string Text(Value value) => value is Value.Text text ? text.Content : value.ToString();

    private static Value Whole(Question question, string text) =>
        question.Options.FirstOrDefault(option => Text(option) == text) ?? Inputs.FromText(null, "", text);

    private static Value.Map Members(Question question, IReadOnlyList<string> pairs)
    {
        var answer = Value.Map.Empty;
        foreach (var pair in pairs)
        {
            var cut = pair.IndexOf('=', StringComparison.Ordinal);
            if (cut <= 0 || answer.TryGet(pair[..cut], out _))
            {
                throw new Unusable("cli.answer", $"'{pair}' is not NAME=VALUE, or names it again", Advice(question));
            }

            answer = answer.With(pair[..cut], Inputs.FromText(question.Schema, pair[..cut], pair[(cut + 1)..]));
        }

        return answer;
    }

    private static string Advice(Question question) => $"write: executor answer ID {Usage(question)}";
}
