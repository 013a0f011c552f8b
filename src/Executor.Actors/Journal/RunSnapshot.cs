using System.IO.Compression;
using System.Text.Json;
using Executor.Core.Runs;
using Executor.Core.Runs.Snapshots;
using Executor.Core.Workflows;

namespace Executor.Actors.Journal;

/// <summary>A state as it lies in the snapshot store: packed, and with a checksum over all of it.</summary>
public sealed class RunSnapshot
{
    private readonly byte[] _packed;

    private RunSnapshot(RunState state, int size, byte[] packed)
    {
        State = state;
        Size = size;
        _packed = packed;
    }

    public RunState State { get; }

    /// <summary>Bytes before packing: what reading it costs.</summary>
    public int Size { get; }

    internal byte[] Packed => _packed;

    /// <summary>Takes time in proportion to the state; not for an actor's thread.</summary>
    public static RunSnapshot Of(RunState state)
    {
        var json = RunStateJson.Write(state);
        using var packed = new MemoryStream();
        using (var pack = new GZipStream(packed, CompressionLevel.Fastest))
        {
            pack.Write(json.Span);
        }

        return new RunSnapshot(state, json.Length, packed.ToArray());
    }

    /// <exception cref="InvalidDataException">Damaged.</exception>
    /// <exception cref="JsonException">Of another format.</exception>
    internal static RunSnapshot Read(byte[] packed, Func<string, string, string, WorkflowSpec> workflows)
    {
        using var json = new MemoryStream();
        using (var unpack = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress))
        {
            unpack.CopyTo(json);
        }

        var bytes = json.GetBuffer().AsSpan(0, (int)json.Length);
        return new RunSnapshot(RunStateJson.Read(bytes, workflows), bytes.Length, packed);
    }
}
