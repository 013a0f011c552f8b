namespace Executor.Core.Workflows;

/// <summary>Finds the name that was probably meant.</summary>
/// <remarks>Stops answering after some questions: a file of thousands of mistakes must not cost millions of comparisons.</remarks>
public sealed class NearestName
{
    private const int Questions = 100;
    private const int Longest = 64;
    private const int Candidates = 1_000;
    private int _asked;

    /// <returns>Null when nothing is near.</returns>
    public string? To(string name, IEnumerable<string> known)
    {
        if (name.Length > Longest || ++_asked > Questions)
        {
            return null;
        }

        var bound = Math.Clamp(name.Length / 3, 1, 3);
        return known.Take(Candidates)
            .Where(candidate => candidate.Length <= Longest && Math.Abs(candidate.Length - name.Length) <= bound)
            .Select(candidate => (candidate, distance: Distance(name, candidate)))
            .Where(pair => pair.distance <= bound && pair.distance < name.Length)
            .OrderBy(pair => pair.distance)
            .Select(pair => pair.candidate)
            .FirstOrDefault();
    }

    /// <summary>Letters to add, drop, change or swap with their neighbour, whatever their case.</summary>
    internal static int Distance(string left, string right)
    {
        var a = left.ToUpperInvariant();
        var b = right.ToUpperInvariant();
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    rows[i, j] = i + j;
                    continue;
                }

                var change = rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(change, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[a.Length, b.Length];
    }
}
