using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;

namespace Executor.Actors.Journal;

/// <summary>What stands in the journal is written here and nowhere else.</summary>
public sealed class JournalSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    private const string Entry = "je1";
    private const int MostBytes = 16 << 20;
    private readonly EntryJson _json = new();

    /// <summary>Stored beside every row; never to be changed or given to another serializer.</summary>
    public override int Identifier => 7301;

    public override string Manifest(object o) => o switch
    {
        JournalEntry => Entry,
        _ => throw Unknown(o.GetType().FullName),
    };

    public override byte[] ToBinary(object obj) => obj switch
    {
        JournalEntry entry => Bounded(_json.Write(entry)),
        _ => throw Unknown(obj.GetType().FullName),
    };

    public override object FromBinary(byte[] bytes, string manifest) => manifest switch
    {
        Entry => _json.Read(bytes),
        _ => throw Unknown(manifest),
    };

    /// <summary>The databases would take more, but in minutes, and every recovery would read it again.</summary>
    private static byte[] Bounded(byte[] entry) => entry.Length <= MostBytes
        ? entry
        : throw new SerializationException(
            $"An entry of {entry.Length:N0} bytes is too large; at most {MostBytes:N0} can be written.");

    private static SerializationException Unknown(string? what) => new($"The journal does not know '{what}'.");
}
