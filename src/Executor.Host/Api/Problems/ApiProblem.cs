using Executor.Core.Runs;
using Executor.Core.Workflows;

namespace Executor.Host.Api.Problems;

/// <summary>A call that cannot be carried out: what a client is told, as RFC 9457 has it.</summary>
internal sealed class ApiProblem(int status, string code, string detail) : Exception(detail)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public IReadOnlyList<SpecProblem> Spec { get; private init; } = [];

    public IReadOnlyList<RunProblem> Causes { get; private init; } = [];

    /// <summary>Seconds; null says nothing about when to try again.</summary>
    public int? RetryAfter { get; init; }

    public static ApiProblem BadRequest(string code, string detail) => new(StatusCodes.Status400BadRequest, code, detail);

    public static ApiProblem NotFound(string code, string detail) => new(StatusCodes.Status404NotFound, code, detail);

    public static ApiProblem Conflict(string code, string detail) => new(StatusCodes.Status409Conflict, code, detail);

    public static ApiProblem Unavailable(string code, string detail) =>
        new(StatusCodes.Status503ServiceUnavailable, code, detail) { RetryAfter = 2 };

    /// <summary>The workflow itself is wrong: everything that is, with its places.</summary>
    public static ApiProblem Of(IReadOnlyList<SpecProblem> problems)
    {
        var first = problems.First(problem => problem.Severity == ProblemSeverity.Error);
        var errors = problems.Count(problem => problem.Severity == ProblemSeverity.Error);
        var others = errors == 1 ? "" : $" And {errors - 1} more.";
        return new ApiProblem(
            StatusCodes.Status422UnprocessableEntity, first.Code, $"{first.At}: {first.Message}{others}")
        {
            Spec = problems,
        };
    }

    /// <summary>The run says no.</summary>
    public static ApiProblem Of(Refusal refusal) => new(RefusalStatus.Of(refusal.Code), refusal.Code, refusal.Message)
    {
        Causes = refusal.Problems,
    };
}
