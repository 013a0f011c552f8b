namespace Executor.Core.Tests.Simulation.Mutants;

/// <summary>
/// Where a free search, <c>simulate --mutants</c>, has found each planted fault: numbers of definitions of one seed.
/// Those that any definition shows are left out.
/// </summary>
internal static class Finds
{
    public const ulong Seed = 7;

    private static readonly Dictionary<string, long> Definitions = new()
    {
    };

    public static long Definition(string mutant) => Definitions.GetValueOrDefault(mutant);
}
