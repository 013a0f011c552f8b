namespace Executor.Host.Output;

/// <summary>What is said to people, on standard error, line by line.</summary>
internal static class Talk
{
    public static void Line(string text) => Console.Error.WriteLine(text);

    /// <param name="place">File, line and column; null when it is not about a file.</param>
    public static void Error(string code, string message, string? place = null, string? advice = null)
    {
        foreach (var line in ProblemLines.Of("error", code, message, place, advice))
        {
            Console.Error.WriteLine(line);
        }
    }
}
