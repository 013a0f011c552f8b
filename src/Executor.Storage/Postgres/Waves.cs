namespace Executor.Storage.Postgres;

/// <summary>
/// Splits a batch so that no key stands twice in one statement: the n-th occurrence of a key stands in the n-th wave, and
/// statements see what those before them did. So a batch means what its elements mean one after the other.
/// </summary>
internal static class Waves
{
    /// <returns>
    /// Each in order of the key, so that all who change the same rows lock them in the same order; nearly always one.
    /// </returns>
    public static IReadOnlyList<Wave<T>> Of<T>(IReadOnlyList<T> batch, Func<T, string> key)
    {
        var sorted = batch.Select((item, position) => (Key: key(item), Item: item, Position: position))
            .OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .ToList();
        var waves = new List<Wave<T>>();
        var repeats = 0;
        for (var index = 0; index < sorted.Count; index++)
        {
            repeats = index > 0 && sorted[index].Key == sorted[index - 1].Key ? repeats + 1 : 0;
            if (repeats == waves.Count)
            {
                waves.Add(new Wave<T>([], []));
            }

            waves[repeats].Items.Add(sorted[index].Item);
            waves[repeats].Positions.Add(sorted[index].Position);
        }

        return waves;
    }
}

/// <param name="Positions">Where each stands in the batch.</param>
internal sealed record Wave<T>(List<T> Items, List<int> Positions);
