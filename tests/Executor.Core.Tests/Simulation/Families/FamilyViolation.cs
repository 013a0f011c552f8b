namespace Executor.Core.Tests.Simulation.Families;

/// <summary>Something that never may be.</summary>
internal sealed class FamilyViolation(string message) : Exception(message)
{
    public static void Unless(bool holds, string message)
    {
        if (!holds)
        {
            throw new FamilyViolation(message);
        }
    }
}
