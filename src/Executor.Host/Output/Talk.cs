using Executor.Host.Logs;

namespace Executor.Host.Output;

/// <summary>What is said to people, on standard error, line by line; where lines are JSON, as such.</summary>
internal static class Talk
{
    public static void Line(string text)
    {
        if (LogOutput.Format == LogFormat.Json)
        {
            Log("info", text);
            return;
        }

        Console.Error.WriteLine(text);
    }

    /// <param name="place">File, line and column; null when it is not about a file.</param>
    public static void Error(string code, string message, string? place = null, string? advice = null) =>
        Problem("error", code, message, place, advice);

    /// <summary>It goes on, but somebody should look at it.</summary>
    public static void Warning(string code, string message, string? advice = null) =>
        Problem("warning", code, message, null, advice);

    /// <param name="kind">As in the texts of checks: error or warning.</param>
    /// <param name="place">File, line and column; null when it is not about a file.</param>
    public static void Problem(string kind, string code, string message, string? place, string? advice)
    {
        if (LogOutput.Format == LogFormat.Json)
        {
            Log(kind, message, new("code", code), new("place", place), new("advice", advice));
            return;
        }

        foreach (var line in ProblemLines.Of(kind, code, message, place, advice))
        {
            Console.Error.WriteLine(line);
        }
    }

    private static void Log(string level, string text, params KeyValuePair<string, object?>[] fields) =>
        LogOutput.Write(new LogLine(
            TimeProvider.System.GetUtcNow(), level, "executor", text, null,
            [.. fields.Where(field => field.Value is not null)]));
}
