using System.Runtime.Serialization;
using System.Text.Json;
using Akka.Actor;
using Akka.Event;
using Akka.Serialization;
using Executor.Core.Runs.Snapshots;

namespace Executor.Actors.Journal;

/// <summary>What stands in the snapshot store. Whatever cannot be read is passed over: the journal has it all.</summary>
public sealed class SnapshotSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    private readonly WorkflowCache _workflows = new(capacity: 64);

    /// <summary>Stored beside every row; never to be changed or given to another serializer.</summary>
    public override int Identifier => 7303;

    public override string Manifest(object o) => o switch
    {
        RunSnapshot => RunStateJson.Format,
        _ => throw Unknown(o.GetType().FullName),
    };

    public override byte[] ToBinary(object obj) => obj switch
    {
        RunSnapshot snapshot => snapshot.Packed,
        _ => throw Unknown(obj.GetType().FullName),
    };

    public override object FromBinary(byte[] bytes, string manifest)
    {
        try
        {
            return manifest == RunStateJson.Format ? RunSnapshot.Read(bytes, _workflows.Get) : throw Unknown(manifest);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidDataException or SerializationException)
        {
            // Who asked for it folds the journal without a word. The log is made here: serializers are older than logs.
            Logging.GetLogger(system, typeof(SnapshotSerializer)).Warning(
                "A snapshot of {0} cannot be read, the journal is read instead: {1}", manifest, unreadable.Message);
            throw new SerializationException("A snapshot cannot be read: " + unreadable.Message, unreadable);
        }
    }

    private static SerializationException Unknown(string? what) => new($"The snapshot store does not know '{what}'.");
}
