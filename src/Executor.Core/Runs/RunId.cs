namespace Executor.Core.Runs;

/// <summary>Names one run for ever.</summary>
/// <param name="Text">1 to 64 characters of <c>[a-z0-9-]</c>, made outside Core.</param>
public readonly record struct RunId(string Text)
{
    /// <summary>
    /// A called run has the id of the dispatch that calls it: repeating the call calls the same run, and a row of one
    /// leads to that of the other.
    /// </summary>
    public static RunId OfCall(DispatchId call) => new(call.Text);

    /// <summary>The dispatch that has called this run, if one has.</summary>
    public DispatchId ToCall() => new(Text);

    public override string ToString() => Text;
}
