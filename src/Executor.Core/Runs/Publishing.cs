using Executor.Core.Expressions;
using Executor.Core.Values;

namespace Executor.Core.Runs;

/// <summary>The variables that a transition sets: all of them or none, each seeing those before it.</summary>
internal static class Publishing
{
    /// <returns>False when an entry has no value; then the run is failing.</returns>
    public static bool Publish(Draft draft, TaskVisit visit, Outcome outcome, int place)
    {
        var variables = draft.Run.Variables;
        var published = Value.Map.Empty;
        foreach (var (name, template, _) in visit.Task.Next[place].Publish)
        {
            try
            {
                var scope = Transitions.ScopeOf(
                    draft.Run, draft.At, visit, outcome, variables, $"next/{place}/publish/{name}");
                var value = template is null ? outcome.Result : template.RenderLazily(scope);
                variables = variables.With(name, value);
                published = published.With(name, value);
            }
            catch (ExpressionException failed)
            {
                draft.AddProblem(
                    RunCodes.PublishError, $"Task '{visit.Task.Name}' cannot publish '{name}': {Faults.Text(failed)}",
                    visit.Task.Name, visit.Number);
                Controlling.Fail(draft);
                return false;
            }
        }

        draft.Add(new RunEvent.TransitionFired(visit.Task.Name, visit.Number, place, published));
        return true;
    }
}
