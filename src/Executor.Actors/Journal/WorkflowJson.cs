using System.Text.Json;
using System.Text.Json.Serialization;
using Executor.Core.Workflows;

namespace Executor.Actors.Journal;

/// <summary>A workflow as its text: read again on recovery, by the same reader that read it first.</summary>
internal sealed class WorkflowJson(WorkflowCache cache) : JsonConverter<WorkflowSpec>
{
    public override WorkflowSpec Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var (reference, hash, source) = (string.Empty, string.Empty, string.Empty);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            switch (name)
            {
                case "ref":
                    reference = reader.GetString()!;
                    break;
                case "hash":
                    hash = reader.GetString()!;
                    break;
                case "source":
                    source = reader.GetString()!;
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return cache.Get(reference, hash, source);
    }

    public override void Write(Utf8JsonWriter writer, WorkflowSpec value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("ref", value.Ref);
        writer.WriteString("hash", value.Hash);
        writer.WriteString("source", value.Source);
        writer.WriteEndObject();
    }
}
