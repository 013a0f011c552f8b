using Executor.Core.Values;

namespace Executor.Core.Runs;

/// <summary>
/// Why a run failed. What lies at the bottom of a family comes up to the top of it, past all that only say that what they
/// called has failed.
/// </summary>
internal static class Causes
{
    /// <summary>Those of called runs that one result carries: a family of any depth and width says no more.</summary>
    private const int MostFromBelow = 20;

    private const int MostBytesFromBelow = 1024;

    public static Value.List Of(RunState run)
    {
        var (causes, room) = (Value.List.Empty.Items.ToBuilder(), MostFromBelow);
        foreach (var problem in run.Problems.Where(problem => !problem.IsWarning))
        {
            var below = FromBelow(run, problem).Take(room).Select(Shortened).ToList();
            room -= below.Count;
            causes.Add(below.Count == 0 ? Cause(problem) : Cause(problem).With("causes", Value.Of(below)));
        }

        return new Value.List(causes.ToImmutable());
    }

    /// <returns>Null when nothing was called, or what was called does not say.</returns>
    public static string? Deepest(RunState run, TaskVisit visit) => FromBelow(run, visit).Select(MessageOf).FirstOrDefault();

    private static IEnumerable<Value.Map> FromBelow(RunState run, RunProblem problem)
    {
        if (!problem.IsUnhandledTask || problem.Task is null || run.Graph!.Find(problem.Task) is not { } task
            || run.Track(task).LastEnded is not (>= 0 and var last))
        {
            return [];
        }

        return FromBelow(run, run.Visits[last]!);
    }

    private static IEnumerable<Value.Map> FromBelow(RunState run, TaskVisit visit)
    {
        if (visit.Plan is not { } plan || !(plan.IsCall || visit.Task.IsParallel))
        {
            return [];
        }

        return Enumerable.Range(0, plan.Count)
            .Where(place => visit.Items[place] is { } item && Transitions.IsFailure(item.Status))
            .SelectMany(place => visit.Task.IsParallel
                ? run.Visit(visit.Task.Inside[place], visit.Items[place]!.Attempt) is { } inner ? FromBelow(run, inner) : []
                : Listed(visit.Items[place]!.Result).SelectMany(AtTheBottom));
    }

    private static IEnumerable<Value.Map> AtTheBottom(Value.Map cause) =>
        Listed(cause).ToList() is { Count: > 0 } below ? below : [cause];

    private static IEnumerable<Value.Map> Listed(Value of) =>
        of is Value.Map map && map.TryGet("causes", out var causes) && causes is Value.List list
            ? list.Items.OfType<Value.Map>().Where(cause => MessageOf(cause) is not null)
            : [];

    private static string? MessageOf(Value.Map cause) =>
        cause.TryGet("message", out var message) && message is Value.Text text ? text.Content : null;

    private static Value.Map Shortened(Value.Map cause) =>
        cause.With("message", Value.Of(ErrorText.Of(MessageOf(cause)!, MostBytesFromBelow)));

    private static Value.Map Cause(RunProblem problem) => new(
    [
        KeyValuePair.Create("task", Value.Of(problem.Task)),
        KeyValuePair.Create("code", Value.Of(problem.Code)),
        KeyValuePair.Create("message", Value.Of(problem.Message)),
    ]);
}
