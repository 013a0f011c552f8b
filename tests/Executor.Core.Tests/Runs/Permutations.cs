namespace Executor.Core.Tests.Runs;

internal static class Permutations
{
    public static IEnumerable<T[]> Of<T>(params T[] elements)
    {
        if (elements.Length <= 1)
        {
            yield return elements;
            yield break;
        }

        for (var first = 0; first < elements.Length; first++)
        {
            T[] others = [.. elements[..first], .. elements[(first + 1)..]];
            foreach (var rest in Of(others))
            {
                yield return [elements[first], .. rest];
            }
        }
    }
}
