namespace Executor.Chaos.Faults;

/// <summary>Programs that faults are made with.</summary>
internal static class Tools
{
    /// <exception cref="HarnessException">One of the kinds needs a program that is not installed.</exception>
    public static void Require(IReadOnlyList<FaultKind> kinds)
    {
        foreach (var kind in kinds.Where(kind => kind is FaultKind.DatabaseSlow or FaultKind.DatabasePanic))
        {
            if (!IsInstalled(DatabaseFaults.Tracer))
            {
                throw new HarnessException(
                    $"{kind} needs {DatabaseFaults.Tracer}, which is not installed: apt-get install {DatabaseFaults.Tracer}");
            }
        }
    }

    private static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
}
