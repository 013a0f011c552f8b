using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Worker.Actions;

namespace Executor.Worker.Runners.Processes;

/// <summary>The result of a program in the shape that results of programs have.</summary>
internal static class ShellResult
{
    private const int WholeErrorLines = 5;

    // What the other fields may need, and the sentence of the error, which a result holds whole.
    private const int Reserve = ErrorText.MostBytes + (2 * 1024);

    public static ActionResult Of(
        ExitStatus exit, TimeSpan duration, CappedOutput output, CappedOutput error, string format, int limit)
    {
        var budget = Math.Max(0, limit - Reserve);
        var (stderr, _) = error.Take(budget / 4);
        budget -= Attempts.ResultCheck.SizeOf(stderr);
        var succeeded = exit.Code == 0;
        var data = succeeded && output.Total <= limit
            ? OutputFormat.Data(format, output.Take(int.MaxValue).Text)
            : null;
        budget -= data is null ? 0 : Attempts.ResultCheck.SizeOf(data);
        var (stdout, lost) = output.Take(Math.Max(0, budget));

        var sentence = succeeded ? null : ErrorOf(exit, stderr);
        var entries = new List<KeyValuePair<string, Value>>
        {
            new("exit_code", Value.Of(exit.Code)),
            new("duration_ms", Value.Of((long)duration.TotalMilliseconds)),
            new("succeeded", Value.Of(succeeded)),
        };
        AddIf(!succeeded, "error", Value.Of(sentence));
        AddIf(exit.Signal != 0, "signal", Value.Of(exit.SignalName));
        AddIf(stdout.Length > 0, "stdout", Value.Of(stdout));
        AddIf(lost > 0, "stdout_truncated", Value.True);
        AddIf(lost > 0, "stdout_bytes_truncated", Value.Of(lost));
        AddIf(stderr.Length > 0, "stderr_log", Value.Of(stderr));
        AddIf(data is not null, "data", data!);
        var result = Value.Map.From(entries);
        return sentence is null ? ActionResult.Success(result) : ActionResult.Failure(sentence, null, result);

        void AddIf(bool given, string key, Value value)
        {
            if (given)
            {
                entries.Add(new(key, value));
            }
        }
    }

    private static string ErrorOf(ExitStatus exit, string stderr)
    {
        var lines = stderr.Trim().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return lines.Length switch
        {
            0 when exit.Signal != 0 => $"Command was ended by {exit.SignalName}",
            0 => $"Command exited with code {exit.Code}",
            <= WholeErrorLines => stderr.Trim(),
            _ => lines[^1],
        };
    }
}
