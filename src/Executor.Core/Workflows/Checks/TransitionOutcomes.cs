using System.Collections.Immutable;
using Executor.Core.Expressions;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Core.Workflows.Checks;

/// <summary>After which ends of its task a transition fires, as far as that can be said without a run.</summary>
/// <remarks>
/// <c>and</c> and <c>or</c> answer without their right side where the left one decides, so evaluating the condition
/// with nothing but an end in sight tells <c>succeeded() and result().ready</c> apart from <c>failed()</c>.
/// </remarks>
internal sealed class TransitionOutcomes
{
    public static readonly ImmutableArray<SlotStatus> Ends =
        [SlotStatus.Completed, SlotStatus.Failed, SlotStatus.Timeout, SlotStatus.Skipped];

    private static readonly ImmutableArray<bool?> Always = [true, true, true, true];
    private static readonly ImmutableArray<bool?> Unknown = [null, null, null, null];
    private static readonly string[] Statuses =
        ["succeeded", "failed", "timed_out", "skipped", "completed", "status"];

    private readonly Dictionary<string, ImmutableArray<bool?>> _known = new(StringComparer.Ordinal);

    /// <returns>For each of <see cref="Ends"/> yes, no, or null where it depends on data.</returns>
    public ImmutableArray<bool?> Of(TransitionSpec transition)
    {
        if (transition.When is not { } when)
        {
            return Always;
        }

        if (!_known.TryGetValue(when.Source, out var fires))
        {
            fires = Evaluate(when);
            _known.Add(when.Source, fires);
        }

        return fires;
    }

    public bool? AfterSuccess(TransitionSpec transition) => Of(transition)[0];

    private static ImmutableArray<bool?> Evaluate(Expression when)
    {
        var calls = when.References.Calls;
        var statusOnly = when.References.Names.IsEmpty && calls.All(call => Statuses.Contains(call.Function));
        var asksStatus = calls.Any(call => Statuses.Contains(call.Function));
        return statusOnly || asksStatus ? [.. Ends.Select(end => Evaluate(when, end, statusOnly))] : Unknown;
    }

    private static bool? Evaluate(Expression when, SlotStatus end, bool statusOnly)
    {
        try
        {
            var fires = when.Evaluate(new EndOnly(end)).IsTruthy;
            return statusOnly || !fires ? fires : null;
        }
        catch (ExpressionException)
        {
            return statusOnly ? false : null;
        }
    }

    private sealed class EndOnly(SlotStatus end) : Scope
    {
        public override DateTimeOffset Now => DateTimeOffset.UnixEpoch;

        public override Outcome? Outcome { get; } = new(end, Value.Null, null, null);

        public override Value? Find(string name) => null;

        public override Value? FindMember(string root, string member) => null;

        public override IEnumerable<string> Names(string? root) => [];

        public override string NextUuid() => "";
    }
}
