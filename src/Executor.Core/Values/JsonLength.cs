using System.Text;

namespace Executor.Core.Values;

/// <summary>How long values are as JSON, without writing them; escapes count as the characters that they stand for.</summary>
internal static class JsonLength
{
    /// <summary>A number takes no more, nor does a character with all that stands around a text.</summary>
    private const int MostPerWeight = 32;

    /// <summary>Looks no further than it must, and mostly at nothing but the weight.</summary>
    public static bool Exceeds(Value value, long bytes) =>
        value.Weight > bytes || (value.Weight > bytes / MostPerWeight && Left(value, bytes) < 0);

    private static long Left(Value value, long bytes)
    {
        switch (value)
        {
            case Value.Text text:
                return bytes - Quoted(text.Content);
            case Value.List list:
                bytes -= 1 + Math.Max(1, list.Count);
                for (var index = 0; index < list.Count && bytes >= 0; index++)
                {
                    bytes = Left(list[index], bytes);
                }

                return bytes;
            case Value.Map map:
                bytes -= 1 + Math.Max(1, map.Count);
                for (var index = 0; index < map.Count && bytes >= 0; index++)
                {
                    var (key, entry) = map.Entries[index];
                    bytes = Left(entry, bytes - Quoted(key) - 1);
                }

                return bytes;
            case Value.Bool flag:
                return bytes - (flag.Content ? 4 : 5);
            case Value.Int or Value.Float:
                return bytes - value.ToString().Length;
            default:
                return bytes - 4;
        }
    }

    private static int Quoted(string text) => Encoding.UTF8.GetByteCount(text) + 2;
}
