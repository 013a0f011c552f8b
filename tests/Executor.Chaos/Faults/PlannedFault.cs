using System.Globalization;

namespace Executor.Chaos.Faults;

/// <summary>One step of a plan.</summary>
/// <param name="Gap">After the end of the one before.</param>
/// <param name="Target">Which node or worker, as a number that is taken modulo their count.</param>
/// <param name="Length">For kinds that last as long as they are told to.</param>
internal sealed record PlannedFault(FaultKind Kind, TimeSpan Gap, int Target, TimeSpan Length)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Kind} after {Gap.TotalSeconds:0.0} s, target {Target}, {Length.TotalSeconds:0.0} s long");
}
