namespace Executor.Core.Runs;

/// <summary>A fact about one run, kept in its journal for ever.</summary>
/// <remarks>Only ever add members, each with a default; the golden files in the tests pin every shape.</remarks>
public abstract record RunEvent
{
    private RunEvent()
    {
    }
}
