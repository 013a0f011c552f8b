using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Executor.Host.Output;

/// <summary>What a program reads, on standard output, written as a whole once it is complete.</summary>
internal static class ResultText
{
    private static readonly JsonWriterOptions Indented = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Indented = true,
        NewLine = "\n",
    };

    public static void Write(string text)
    {
        if (text.Length == 0)
        {
            return;
        }

        using var output = Console.OpenStandardOutput();
        output.Write(Encoding.UTF8.GetBytes(SafeText.Lines(text.EndsWith('\n') ? text : text + "\n")));
    }

    public static void WriteJson(Action<Utf8JsonWriter> content) => Write(Json(content));

    /// <summary>Indented, for people and programs alike.</summary>
    public static string Json(Action<Utf8JsonWriter> content)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Indented))
        {
            content(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
