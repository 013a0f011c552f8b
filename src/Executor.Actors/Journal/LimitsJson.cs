using System.Text.Json;
using System.Text.Json.Serialization;
using Executor.Core.Runs;

namespace Executor.Actors.Journal;

/// <summary>Written by hand, because a bound that an old entry does not name must get its default, not zero.</summary>
internal sealed class LimitsJson : JsonConverter<RunLimits>
{
    public override RunLimits Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var limits = RunLimits.Default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            switch (name)
            {
                case "maxVisits":
                    limits = limits with { MaxVisits = reader.GetInt32() };
                    break;
                case "workerLosses":
                    limits = limits with { WorkerLosses = reader.GetInt32() };
                    break;
                case "maxItems":
                    limits = limits with { MaxItems = reader.GetInt32() };
                    break;
                case "maxDepth":
                    limits = limits with { MaxDepth = reader.GetInt32() };
                    break;
                case "startAllowanceSeconds":
                    limits = limits with { StartAllowance = TimeSpan.FromSeconds(reader.GetDouble()) };
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return limits;
    }

    public override void Write(Utf8JsonWriter writer, RunLimits value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteNumber("maxVisits", value.MaxVisits);
        writer.WriteNumber("workerLosses", value.WorkerLosses);
        writer.WriteNumber("maxItems", value.MaxItems);
        if (value.MaxDepth != RunLimits.Default.MaxDepth)
        {
            writer.WriteNumber("maxDepth", value.MaxDepth);
        }

        writer.WriteNumber("startAllowanceSeconds", value.StartAllowance.TotalSeconds);
        writer.WriteEndObject();
    }
}
