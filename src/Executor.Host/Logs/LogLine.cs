using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Executor.Core.Runs;

namespace Executor.Host.Logs;

/// <summary>One thing said, with what it is about.</summary>
/// <param name="Level">debug, info, warning or error.</param>
/// <param name="Logger">Who says it.</param>
/// <param name="Fields">By the names that stand in the sentence, such as <c>RunId</c>.</param>
internal sealed record LogLine(
    DateTimeOffset At, string Level, string Logger, string Message, Exception? Cause,
    IReadOnlyList<KeyValuePair<string, object?>> Fields)
{
    /// <summary>As the rest of standard error: for people.</summary>
    public string ToText() => string.Create(
        CultureInfo.InvariantCulture, $"{At.UtcDateTime:HH:mm:ss.fff} {Level} {Message}{(Error is null ? "" : $": {Error}")}");

    /// <summary>
    /// <c>time</c>, <c>level</c>, <c>logger</c>, <c>message</c>, <c>error</c>; beside them the fields in snake case. A slot
    /// becomes <c>task</c>, <c>visit</c>, <c>item</c> and <c>attempt</c>.
    /// </summary>
    public string ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("time", At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
            writer.WriteString("level", Level);
            writer.WriteString("logger", Logger);
            writer.WriteString("message", Message);
            if (Error is not null)
            {
                writer.WriteString("error", Error);
            }

            var taken = new HashSet<string>(["time", "level", "logger", "message", "error"], StringComparer.Ordinal);
            foreach (var (name, value) in Fields.SelectMany(Spread).Where(field => taken.Add(field.Name)))
            {
                Write(writer, name, value);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private string? Error => Cause is null ? null : $"{Cause.GetType().Name}: {Cause.Message}";

    private static IEnumerable<(string Name, object? Value)> Spread(KeyValuePair<string, object?> field) =>
        field.Value is Slot slot
            ?
            [
                ("task", slot.Task), ("visit", slot.Visit), ("item", slot.Item == Slot.NoItem ? null : slot.Item),
                ("attempt", slot.Attempt),
            ]
            : [(JsonNamingPolicy.SnakeCaseLower.ConvertName(field.Key), field.Value)];

    private static void Write(Utf8JsonWriter writer, string name, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNull(name);
                break;
            case bool flag:
                writer.WriteBoolean(name, flag);
                break;
            case int or long or short or byte:
                writer.WriteNumber(name, Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            default:
                writer.WriteString(name, Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }
}
