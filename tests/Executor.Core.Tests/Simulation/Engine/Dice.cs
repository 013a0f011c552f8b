namespace Executor.Core.Tests.Simulation.Engine;

/// <summary>SplitMix64: small, fast, and the same on every machine for ever.</summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15UL;
            var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9UL;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
            return mixed ^ (mixed >> 31);
        }
    }

    /// <returns>From 0 to <paramref name="count"/> - 1.</returns>
    public int Below(int count) => (int)(Next() % (ulong)count);

    public int Between(int low, int high) => low + Below(high - low + 1);

    public bool OneIn(int count) => Below(count) == 0;

    public T Of<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];
}
