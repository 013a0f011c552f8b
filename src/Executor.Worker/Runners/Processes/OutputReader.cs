using System.Buffers;
using System.Text;
using Executor.Worker.Actions;

namespace Executor.Worker.Runners.Processes;

/// <summary>Reads a stream to its end as fast as it comes, so that the program never waits for us.</summary>
internal static class OutputReader
{
    private const int BufferSize = 64 * 1024;
    private const int LongestLine = 200;

    public static async Task ReadAsync(
        Stream stream, CappedOutput output, ActionContext context, CancellationToken stop)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            int count;
            while ((count = await stream.ReadAsync(buffer, stop)) > 0)
            {
                output.Add(buffer.AsSpan(0, count));
                if (context.IsHeard && LastLine(buffer.AsSpan(0, count)) is { Length: > 0 } line)
                {
                    context.Say(line);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Something outside the group still holds the stream; what came so far is what there is.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static string LastLine(ReadOnlySpan<byte> bytes)
    {
        var text = bytes.TrimEnd("\r\n"u8);
        var begin = text.LastIndexOf((byte)'\n') + 1;
        var line = text[begin..];
        return Encoding.UTF8.GetString(line[..Math.Min(line.Length, LongestLine)]).TrimEnd('\r');
    }
}
