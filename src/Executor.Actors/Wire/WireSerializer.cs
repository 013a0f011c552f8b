using System.Buffers;
using System.Runtime.Serialization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Akka.Actor;
using Akka.Serialization;
using Executor.Actors.Journal;
using Executor.Actors.Runs;
using Executor.Core.Messages;
using Executor.Core.Runs;

namespace Executor.Actors.Wire;

/// <summary>What nodes of a cluster say to each other: a closed table of names, no types from the wire.</summary>
/// <remarks>What is meant for a run has its id before the colon: <c>run:start.v1</c> is <c>{"run":…,"message":{…}}</c>.</remarks>
public sealed class WireSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    private const string ForRunPrefix = "run:";

    /// <summary>More than what goes around a message takes, in bytes.</summary>
    private const int Envelope = 2_000;

    private static readonly JsonWriterOptions Compact = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private static readonly JsonReaderOptions Deep = new() { MaxDepth = 600 };

    private readonly WireJson _shapes = WireJson.With(new WorkflowCache(capacity: 64));

    /// <summary>Part of every message; never to be changed or given to another serializer.</summary>
    public override int Identifier => 7302;

    public override string Manifest(object o) => o is ForRun addressed
        ? ForRunPrefix + NameOf(addressed.Message)
        : NameOf(o);

    public override byte[] ToBinary(object obj)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Compact))
        {
            if (obj is ForRun addressed)
            {
                writer.WriteStartObject();
                writer.WriteString("run", addressed.Run.Text);
                writer.WritePropertyName("message");
                Write(writer, addressed.Message);
                if (addressed.Trace is { } trace)
                {
                    writer.WriteString("trace", trace);
                }

                writer.WriteEndObject();
            }
            else
            {
                Write(writer, obj);
            }
        }

        return buffer.WrittenSpan.ToArray();
    }

    public override object FromBinary(byte[] bytes, string manifest)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes, Deep);
            reader.Read();
            return manifest.StartsWith(ForRunPrefix, StringComparison.Ordinal)
                ? ReadForRun(ref reader, manifest[ForRunPrefix.Length..])
                : Read(ref reader, manifest);
        }
        catch (JsonException wrong)
        {
            throw new SerializationException($"A message '{manifest}' cannot be read: {wrong.Message}", wrong);
        }
    }

    /// <summary>What does not fit into a frame never reaches another node; hocon/cluster.conf says how long one may be.</summary>
    /// <returns>Null when it can travel.</returns>
    public static Refusal? TooLarge(ActorSystem system, RunId run, RunCommand.Start start)
    {
        var longest = system.Settings.Config.GetByteSize("akka.remote.dot-netty.tcp.maximum-frame-size") ?? long.MaxValue;
        var serializer = system.Serialization.FindSerializerForType(typeof(ForRun));
        var length = serializer.ToBinary(new ForRun(run, start)).Length + Envelope;
        return length <= longest
            ? null
            : new Refusal(
                RunCodes.RerunTooLarge, $"What is kept of run {start.Origin} has {length} bytes; {longest} are allowed.", []);
    }

    private static string NameOf(object message) => WireNames.NameOf(message)
        ?? throw new SerializationException($"{message.GetType().FullName} does not travel between nodes.");

    private void Write(Utf8JsonWriter writer, object message) =>
        JsonSerializer.Serialize(writer, message, _shapes.GetTypeInfo(message.GetType())!);

    private ForRun ReadForRun(ref Utf8JsonReader reader, string name)
    {
        string? run = null;
        object? message = null;
        string? trace = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var property = reader.GetString();
            reader.Read();
            switch (property)
            {
                case "run":
                    run = reader.GetString();
                    break;
                case "message":
                    message = Read(ref reader, name);
                    break;
                case "trace":
                    trace = TraceParent.Checked(reader.GetString());
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return run is null || message is null
            ? throw new SerializationException($"A message '{name}' for a run lacks its run or its content.")
            : new ForRun(new RunId(run), message, trace);
    }

    private object Read(ref Utf8JsonReader reader, string name)
    {
        var type = WireNames.TypeOf(name)
            ?? throw new SerializationException($"Message '{name}' is unknown to this version.");
        return JsonSerializer.Deserialize(ref reader, _shapes.GetTypeInfo(type)!)
            ?? throw new SerializationException($"A message '{name}' is empty.");
    }
}
