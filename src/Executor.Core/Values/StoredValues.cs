namespace Executor.Core.Values;

/// <summary>Values in which some parts only stand for results that lie beside the journal.</summary>
public static class StoredValues
{
    /// <summary>What it refers to, in order, each once.</summary>
    public static IReadOnlyList<StoredResult> In(Value value)
    {
        if (!value.HasStored)
        {
            return [];
        }

        var (found, known) = (new List<StoredResult>(), new HashSet<string>(StringComparer.Ordinal));
        Gather(value, found, known);
        return found;
    }

    /// <summary>The same with everything that it refers to in its place.</summary>
    /// <param name="content">Holds no references itself.</param>
    public static Value Whole(Value value, Func<StoredResult, Value> content) => value switch
    {
        { HasStored: false } => value,
        Value.Stored stored => content(stored.Result),
        Value.List list => new Value.List([.. list.Items.Select(item => Whole(item, content))]),
        Value.Map map => new Value.Map(
        [
            .. map.Entries.Select(entry => KeyValuePair.Create(entry.Key, Whole(entry.Value, content))),
        ]),
        _ => throw new InvalidOperationException($"Nothing can be stored in {value.Kind}."),
    };

    private static void Gather(Value value, List<StoredResult> found, HashSet<string> known)
    {
        switch (value)
        {
            case Value.Stored stored when known.Add(stored.Result.Id):
                found.Add(stored.Result);
                break;
            case Value.List { HasStored: true } list:
                foreach (var item in list.Items)
                {
                    Gather(item, found, known);
                }

                break;
            case Value.Map { HasStored: true } map:
                foreach (var (_, entry) in map.Entries)
                {
                    Gather(entry, found, known);
                }

                break;
        }
    }
}
