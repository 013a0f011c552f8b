using System.CommandLine;
using System.Globalization;
using Executor.Core.Workflows;

namespace Executor.Host.Verbs;

/// <summary>Options that are no text: what does not fit is told with what is expected, before anything is done.</summary>
internal static class CheckedOptions
{
    private delegate bool Reading<T>(string text, out T value);

    /// <summary>How many of something are shown, from 1 on.</summary>
    public static Option<int> Limit(string description, int most, int usual)
    {
        var limit = new Option<int>("--limit")
        {
            Description = description,
            HelpName = "N",
            DefaultValueFactory = _ => usual,
        };
        Read(limit, $"a whole number from 1 to {most}", $"--limit {usual}", (string text, out int value) =>
            TryWhole(text, out value) && value >= 1 && value <= most);
        return limit;
    }

    /// <summary>A whole number; null when it is left out.</summary>
    public static Option<long?> Whole(string name, string description, string example, long least, long most)
    {
        var number = new Option<long?>(name) { Description = description, HelpName = "N" };
        var range = (least, most) switch
        {
            (long.MinValue, long.MaxValue) => "",
            (_, long.MaxValue) => $", {least} or more",
            _ => $" from {least} to {most}",
        };
        Read(number, $"a whole number{range}", $"{name} {example}", (string text, out long? value) =>
        {
            var isWhole = TryWhole(text, out long whole);
            value = whole;
            return isWhole && whole >= least && whole <= most;
        });
        return number;
    }

    /// <summary>A part of a whole, 0 to 1.</summary>
    public static Option<double> Share(string name, string description, double usual)
    {
        var share = new Option<double>(name)
        {
            Description = description,
            HelpName = "SHARE",
            DefaultValueFactory = _ => usual,
        };
        Read(
            share, "a number from 0 to 1", string.Create(CultureInfo.InvariantCulture, $"{name} {usual}"),
            (string text, out double value) =>
                double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && value is >= 0 and <= 1);
        return share;
    }

    /// <summary>A span of time above zero; null when it is left out.</summary>
    public static Option<TimeSpan?> Duration(string name, string description, string example, TimeSpan longest)
    {
        var span = new Option<TimeSpan?>(name) { Description = description, HelpName = "DURATION" };
        var bound = longest < Durations.Longest ? $", at most {longest.TotalDays:0} days" : "";
        Read(span, $"seconds, or a span as 90s, 5m, 1h30m{bound}", $"{name} {example}", (string text, out TimeSpan? value) =>
        {
            var isSpan = Durations.TryParse(text, out var given);
            value = given;
            return isSpan && given > TimeSpan.Zero && given <= longest;
        });
        return span;
    }

    /// <summary>One of a few words, whatever their case.</summary>
    public static Option<T> Word<T>(string name, string description)
        where T : struct, Enum
    {
        var words = Enum.GetNames<T>().Select(word => word.ToLowerInvariant()).ToList();
        var choice = new Option<T>(name) { Description = description, HelpName = string.Join('|', words) };
        Read(choice, $"one of {string.Join(", ", words)}", $"{name} {words[0]}", (string text, out T value) =>
        {
            value = default;
            return words.Contains(text.ToLowerInvariant()) && Enum.TryParse(text, ignoreCase: true, out value);
        });
        return choice;
    }

    private static void Read<T>(Option<T> option, string expected, string example, Reading<T> read) =>
        option.CustomParser = given =>
        {
            var text = given.Tokens[^1].Value;
            if (!read(text, out var value))
            {
                given.AddError($"{option.Name} is '{text}'; expected {expected}, as in: {example}");
            }

            return value;
        };

    private static bool TryWhole<T>(string text, out T value)
        where T : struct, System.Numerics.IBinaryInteger<T> =>
        T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
}
