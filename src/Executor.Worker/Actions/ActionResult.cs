using Executor.Core.Values;

namespace Executor.Worker.Actions;

/// <summary>How an action ended.</summary>
/// <param name="Error">Null when it succeeded.</param>
/// <param name="Code">
/// For conditions and counting, as in <c>http.timeout</c>; null when there is nothing to tell apart.
/// </param>
public sealed record ActionResult(Value Result, string? Error, string? Code)
{
    private static readonly Task<ActionResult> Nothing = Task.FromResult(Success(Value.Map.Empty));

    public static ActionResult Success(Value result) => new(result, null, null);

    /// <param name="result">Fields for the result beside <c>succeeded</c> and <c>error</c>; null is none.</param>
    public static ActionResult Failure(string error, string? code = null, Value? result = null) =>
        new(result ?? Value.Map.Empty, error, code);

    /// <summary>Succeeded with an empty object.</summary>
    public static Task<ActionResult> Done() => Nothing;
}
