using System.Text.Json;
using System.Text.Json.Serialization;
using Executor.Core.Runs;

namespace Executor.Core.Messages;

/// <summary>
/// <c>{"id":…,"granted":true,"token":…,"leaseSeconds":60}</c> or <c>{"id":…,"granted":false}</c>, which may have a
/// <c>code</c>.
/// </summary>
internal sealed class WireClaimAnswer : JsonConverter<ClaimAnswer>
{
    private static readonly WireDispatchId Ids = new();
    private static readonly WireSeconds Durations = new();

    public override ClaimAnswer Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("An answer is an object.");
        }

        DispatchId? id = null;
        bool? granted = null;
        string? token = null;
        TimeSpan? lease = null;
        string? code = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = reader.GetString();
            reader.Read();
            switch (member)
            {
                case "id":
                    id = Ids.Read(ref reader, typeof(DispatchId), options);
                    break;
                case "granted":
                    granted = reader.TokenType is JsonTokenType.True or JsonTokenType.False ? reader.GetBoolean() : null;
                    break;
                case "token":
                    token = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                    break;
                case "leaseSeconds":
                    lease = Durations.Read(ref reader, typeof(TimeSpan), options);
                    break;
                case "code":
                    code = reader.TokenType == JsonTokenType.String ? reader.GetString() : Skipped(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return (id, granted, token, lease) switch
        {
            ({ } refused, false, _, _) => new ClaimAnswer.Refused(refused, code),
            ({ } given, true, { Length: > 0 } proof, { } term) => new ClaimAnswer.Granted(given, proof, term),
            _ => throw new JsonException("An answer has an id and says granted: false, or true with token and leaseSeconds."),
        };
    }

    public override void Write(Utf8JsonWriter writer, ClaimAnswer value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("id", value.Id.Text);
        writer.WriteBoolean("granted", value is ClaimAnswer.Granted);
        if (value is ClaimAnswer.Granted granted)
        {
            writer.WriteString("token", granted.Token);
            writer.WritePropertyName("leaseSeconds");
            Durations.Write(writer, granted.Lease, options);
        }

        if (value is ClaimAnswer.Refused { Code: { } code })
        {
            writer.WriteString("code", code);
        }

        writer.WriteEndObject();
    }

    private static string? Skipped(ref Utf8JsonReader reader)
    {
        reader.Skip();
        return null;
    }
}
