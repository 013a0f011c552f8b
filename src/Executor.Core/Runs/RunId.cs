namespace Executor.Core.Runs;

/// <summary>Names one run for ever.</summary>
/// <param name="Text">1 to 64 characters of <c>[a-z0-9-]</c>, made outside Core.</param>
public readonly record struct RunId(string Text)
{
    public override string ToString() => Text;
}
