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

    /// <summary>Of all transitions of a task; what a decision says first leaves less to what it says later.</summary>
    /// <returns>For each of <see cref="Ends"/> yes, no, or null where it depends on data.</returns>
    public ImmutableArray<ImmutableArray<bool?>> Of(TaskSpec task)
    {
        var all = ImmutableArray.CreateBuilder<ImmutableArray<bool?>>(task.Next.Length);
        ImmutableArray<bool?> chosen = [];
        foreach (var transition in task.Next)
        {
            var own = Of(transition);
            var fires = transition.IsElse ? [.. own.Zip(chosen, Unless)] : own;
            chosen = transition.IsElse ? [.. chosen.Zip(fires, Or)] : fires;
            all.Add(fires);
        }

        return all.MoveToImmutable();
    }

    /// <summary>What the task leads to after success: surely, or only perhaps.</summary>
    public IEnumerable<(TransitionSpec Transition, bool? Fires)> AfterSuccess(TaskSpec task) =>
        task.Next.Zip(Of(task), (transition, fires) => (transition, fires[0]));

    private ImmutableArray<bool?> Of(TransitionSpec transition)
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

    private static bool? Unless(bool? own, bool? chosen) =>
        own == false || chosen == true ? false : chosen == false ? own : null;

    private static bool? Or(bool? left, bool? right) =>
        left == true || right == true ? true : left == false && right == false ? false : null;

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
