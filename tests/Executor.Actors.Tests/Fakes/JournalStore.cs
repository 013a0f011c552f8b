namespace Executor.Actors.Tests.Fakes;

/// <summary>A journal that outlives the actor systems on it: entries as bytes, in order.</summary>
/// <param name="fenced">Whether a second entry with the same id and number is refused, as by the key of the real table.</param>
public sealed class JournalStore(bool fenced = true)
{
    private readonly Lock _gate = new();
    private readonly List<Row> _rows = [];

    public sealed record Row(string Id, long Sequence, byte[] Payload, string Manifest, int SerializerId);

    /// <summary>How often somebody wrote an entry that was there already.</summary>
    public int Refused { get; private set; }

    /// <summary>All or nothing.</summary>
    public void Append(IReadOnlyList<Row> rows)
    {
        lock (_gate)
        {
            if (fenced && rows.Any(row => _rows.Exists(old => old.Id == row.Id && old.Sequence == row.Sequence)))
            {
                Refused++;
                throw new IOException("UNIQUE constraint failed: persistence_id, sequence_number");
            }

            _rows.AddRange(rows);
        }
    }

    public IReadOnlyList<Row> RowsOf(string id)
    {
        lock (_gate)
        {
            return _rows.FindAll(row => row.Id == id);
        }
    }

    public void Delete(string id, long to)
    {
        lock (_gate)
        {
            _rows.RemoveAll(row => row.Id == id && row.Sequence <= to);
        }
    }
}
