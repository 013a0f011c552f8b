namespace Executor.Worker.Actions;

/// <summary>What an action does. One instance serves all attempts, many at a time.</summary>
public interface IActionRunner
{
    /// <param name="stop">
    /// Timeout, cancel, a lost lease or the worker's end. Whatever is returned afterwards is no longer the outcome;
    /// only its result is shown.
    /// </param>
    /// <exception cref="ActionInputException">The input is wrong; the attempt fails with its code.</exception>
    /// <remarks>Any other exception is a failed attempt with its message.</remarks>
    Task<ActionResult> RunAsync(ActionContext context, CancellationToken stop);
}
