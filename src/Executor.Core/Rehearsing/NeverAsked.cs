using System.Collections.Immutable;
using Executor.Core.Runs;

namespace Executor.Core.Rehearsing;

/// <summary>The parts of a script that no attempt has asked for; of parts inside each other only the outermost.</summary>
/// <param name="asked">Attempts whose end was the script's to say, as scripts name them.</param>
internal sealed class NeverAsked(IEnumerable<Slot> asked)
{
    private readonly ILookup<string, Slot> _asked = asked.ToLookup(slot => slot.Task, StringComparer.Ordinal);

    /// <summary>For people: <c>task 'x', visit 2, item 5</c>; outcomes first, then rules, then the order.</summary>
    public ImmutableArray<string> Of(RehearsalScript script) =>
    [
        .. script.Tasks.OrderBy(task => task.Key, StringComparer.Ordinal).SelectMany(task => OfTask(task.Key, task.Value)),
        .. script.Rules.Where(rule => !_asked[rule.Task].Any(rule.Covers)).Select(Place).Distinct(),
        .. script.Order is DeliveryOrder.Listed listed ? OfOrder(listed) : [],
    ];

    /// <summary>A control that had nothing to act on.</summary>
    public static string OfControl(ScriptedControl control) => $"controls, after {control.After}";

    private IEnumerable<string> OfTask(string task, ImmutableArray<ScriptedVisit> visits)
    {
        if (visits.Length > 0 && !_asked.Contains(task))
        {
            return [$"task '{task}'"];
        }

        var slots = _asked[task].ToLookup(slot => Math.Min(slot.Visit, visits.Length));
        return visits.SelectMany((visit, before) => OfVisit($"task '{task}', visit {before + 1}", visit, [.. slots[before + 1]]));
    }

    private static IEnumerable<string> OfVisit(string place, ScriptedVisit visit, Slot[] slots)
    {
        if (slots.Length == 0)
        {
            return [place];
        }

        if (visit.Items.IsDefault)
        {
            return OfAttempts(place, visit.Attempts, slots);
        }

        var items = slots.ToLookup(slot => slot.Item);
        return visit.Items.SelectMany((attempts, item) => items.Contains(item)
            ? OfAttempts($"{place}, item {item}", attempts, [.. items[item]])
            : [$"{place}, item {item}"]);
    }

    private static IEnumerable<string> OfAttempts(string place, ScriptedAttempts attempts, Slot[] slots)
    {
        var last = slots.Max(slot => slot.Attempt);
        for (var attempt = last + 1; attempt <= attempts.Listed.Length; attempt++)
        {
            yield return $"{place}, attempt {attempt}";
        }

        if (attempts is { Otherwise: not null, Listed.Length: > 0 } && last <= attempts.Listed.Length)
        {
            yield return $"{place}, attempts from {attempts.Listed.Length + 1} on";
        }
    }

    private static string Place(OutcomeRule rule) => $"task '{rule.Task}'"
        + (rule.Visit is { } visit ? $", visit {visit}" : "")
        + (rule.Item is { } item ? $", item {item}" : "")
        + (rule.Attempt is { } attempt ? $", attempt {attempt}" : "");

    private IEnumerable<string> OfOrder(DeliveryOrder.Listed listed) => listed.Places.GroupBy(place => place)
        .Where(entries => entries.Count() > _asked[entries.Key.Task].Count(slot =>
            slot.Visit == entries.Key.Visit && slot.Item == entries.Key.Item))
        .Select(entries => $"order, {Place(entries.Key)}");

    private static string Place(DeliveryOrder.Place place) =>
        $"task '{place.Task}', visit {place.Visit}" + (place.Item == Slot.NoItem ? "" : $", item {place.Item}");
}
