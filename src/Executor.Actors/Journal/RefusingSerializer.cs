using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;

namespace Executor.Actors.Journal;

/// <summary>Stands where Akka would fall back to a serializer that writes and creates objects of any type.</summary>
public sealed class RefusingSerializer(ExtendedActorSystem system) : Serializer(system)
{
    /// <summary>Akka hands over the settings it has for the serializer whose name this one takes.</summary>
    public RefusingSerializer(ExtendedActorSystem system, Config settings)
        : this(system) => _ = settings;

    public override int Identifier => 7399;

    public override bool IncludeManifest => false;

    public override byte[] ToBinary(object obj) =>
        throw new SerializationException($"{obj.GetType().FullName} has no serializer and must not leave this process.");

    public override object FromBinary(byte[] bytes, Type type) =>
        throw new SerializationException("Nothing was ever written by this serializer.");
}
