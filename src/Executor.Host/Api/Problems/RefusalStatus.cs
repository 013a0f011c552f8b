using Executor.Core.Runs;

namespace Executor.Host.Api.Problems;

/// <summary>The HTTP status of a refusal by a run.</summary>
internal static class RefusalStatus
{
    public static int Of(string code) => code switch
    {
        RunCodes.RunUnknown => StatusCodes.Status404NotFound,
        RunCodes.RunEnded or RunCodes.RunStopping => StatusCodes.Status409Conflict,
        _ => StatusCodes.Status422UnprocessableEntity,
    };
}
