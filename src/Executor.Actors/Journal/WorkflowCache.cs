using System.Runtime.Serialization;
using Executor.Core.Workflows;

namespace Executor.Actors.Journal;

/// <summary>Workflows read from journals, by the hash of their text: many runs of one workflow share one object.</summary>
internal sealed class WorkflowCache(int capacity)
{
    private readonly Dictionary<(string Ref, string Hash), WorkflowSpec> _known = [];
    private readonly Queue<(string, string)> _order = new();
    private readonly Lock _lock = new();

    /// <exception cref="SerializationException">The text is no valid workflow for this version.</exception>
    public WorkflowSpec Get(string reference, string hash, string source)
    {
        lock (_lock)
        {
            if (_known.TryGetValue((reference, hash), out var known))
            {
                return known;
            }
        }

        var reading = WorkflowYaml.ReadKept(source, reference);
        var spec = reading.Spec ?? throw new SerializationException(
            $"Workflow {reference} ({hash}) cannot be read any more: {reading.Problems[0].Message}");
        lock (_lock)
        {
            if (_known.TryAdd((reference, hash), spec))
            {
                _order.Enqueue((reference, hash));
            }

            while (_order.Count > capacity)
            {
                _known.Remove(_order.Dequeue());
            }
        }

        return spec;
    }
}
