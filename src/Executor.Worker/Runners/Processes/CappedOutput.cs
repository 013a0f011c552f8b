using System.Text;
using Executor.Core.Values;
using Executor.Worker.Attempts;

namespace Executor.Worker.Runners.Processes;

/// <summary>Keeps the begin and the end of a stream in bounded memory and counts what it lets go.</summary>
/// <param name="limit">Bytes kept, half from each side.</param>
internal sealed class CappedOutput(int limit)
{
    private const int MarkerSize = 64;

    private readonly MemoryStream _head = new();
    private readonly int _half = limit / 2;
    private byte[] _tail = [];
    private int _next;

    public long Total { get; private set; }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        Total += bytes.Length;
        var first = Math.Min(bytes.Length, _half - (int)_head.Length);
        _head.Write(bytes[..first]);
        var rest = bytes[first..];
        if (rest.IsEmpty)
        {
            return;
        }

        if (_tail.Length == 0)
        {
            _tail = new byte[_half];
        }

        rest = rest[Math.Max(0, rest.Length - _half)..];
        var upToEnd = Math.Min(rest.Length, _half - _next);
        rest[..upToEnd].CopyTo(_tail.AsSpan(_next));
        rest[upToEnd..].CopyTo(_tail);
        _next = (_next + rest.Length) % _half;
    }

    /// <summary>Everything when it fits, else begin and end with a marker between them.</summary>
    /// <param name="budget">Bytes that the text may have as JSON.</param>
    public (string Text, long Lost) Take(int budget)
    {
        var keep = Math.Min(_half * 2, Math.Max(0, budget - MarkerSize));
        while (true)
        {
            var (text, lost) = TextOf(keep);
            var size = ResultCheck.SizeOf(text);
            if (size <= budget || keep == 0)
            {
                return (text, lost);
            }

            // Escapes make JSON longer than the bytes it stands for: up to six times.
            keep = (int)((long)keep * budget / size * 9 / 10);
        }
    }

    private (string Text, long Lost) TextOf(int keep)
    {
        var kept = (int)Math.Min(Total, _half * 2);
        var all = new byte[kept];
        var head = _head.GetBuffer().AsSpan(0, (int)_head.Length);
        head.CopyTo(all);
        TailInOrder(kept - head.Length).CopyTo(all, head.Length);
        if (Total <= keep)
        {
            return (Decode(all), 0);
        }

        var half = Math.Min(keep, kept) / 2;
        var lost = Total - (half * 2);
        return ($"{Decode(all.AsSpan(0, half))}\n[... {lost} bytes lost ...]\n{Decode(all.AsSpan(kept - half))}", lost);
    }

    private byte[] TailInOrder(int length)
    {
        var begin = length < _half ? 0 : _next;
        return [.. _tail.AsSpan(begin, length - begin), .. _tail.AsSpan(0, begin)];
    }

    private static string Decode(ReadOnlySpan<byte> bytes) => StorableText.Of(Encoding.UTF8.GetString(bytes));
}
