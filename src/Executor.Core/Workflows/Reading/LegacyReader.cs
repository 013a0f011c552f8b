using System.Collections.Immutable;
using Executor.Core.Expressions;

namespace Executor.Core.Workflows.Reading;

/// <summary>
/// Reads how transitions were written before there was <c>next</c>, as the entries that say the same: what is
/// published on success, then who follows success, failure, timeout and any end, then the decision.
/// </summary>
internal sealed class LegacyReader(ValueReader values)
{
    private static readonly string[] Keys =
        ["publish", "on_success", "on_failure", "on_timeout", "on_complete", "decision"];

    private readonly DecisionReader _decisions = new(values);

    /// <param name="task">Its <c>next</c>, when it has entries, stands for itself; then the old keys are told about.</param>
    public ImmutableArray<TransitionSpec> Read(Fields task, ImmutableArray<TransitionSpec> next)
    {
        ImmutableArray<TransitionSpec> old =
        [
            .. OnSuccess(task),
            .. On(task, "on_failure", "failed()"),
            .. On(task, "on_timeout", "timed_out()"),
            .. On(task, "on_complete", null),
            .. _decisions.Read(task.Find("decision")),
        ];
        if (next.IsEmpty)
        {
            return old;
        }

        foreach (var field in Keys.Select(key => task.Find(key)).OfType<Field>())
        {
            values.Problems.Warn(ProblemCode.Overridden, $"{field.Name} says nothing beside 'next'.", field.KeyAt);
        }

        return next;
    }

    private IEnumerable<TransitionSpec> OnSuccess(Fields task)
    {
        var (publish, success) = (task.Find("publish"), task.Find("on_success"));
        if ((publish ?? success) is not { } first)
        {
            return [];
        }

        var before = values.Problems.Count;
        var published = Publications.Read(publish, values);
        var transition = Transition(success, "succeeded()", (success ?? first).KeyAt) with { Publish = published };
        WarnOfNothing(first, transition, before);
        return [transition];
    }

    private IEnumerable<TransitionSpec> On(Fields task, string key, string? when)
    {
        if (task.Find(key) is not { } field)
        {
            return [];
        }

        var before = values.Problems.Count;
        var transition = Transition(field, when, field.KeyAt);
        WarnOfNothing(field, transition, before);
        return [transition];
    }

    /// <param name="before">How many problems there were before the transition was read: a broken one is told already.</param>
    private void WarnOfNothing(Field field, TransitionSpec transition, int before)
    {
        if (transition.Do.IsEmpty && transition.Publish.IsEmpty && values.Problems.Count == before)
        {
            values.Problems.Warn(
                ProblemCode.NoEffect, $"{field.Name} has no effect: it is empty.", field.KeyAt,
                "Name a task or an engine command, or remove the key.");
        }
    }

    private TransitionSpec Transition(Field? targets, string? when, Position at)
    {
        var named = Targets.Read(targets, values);
        return new TransitionSpec(
            when is null ? null : values.Expression(when, at),
            [],
            [.. named.Select(target => target.Name)],
            at,
            [.. named.Select(target => target.At)]);
    }
}
