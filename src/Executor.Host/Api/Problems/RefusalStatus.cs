using Executor.Core.Runs;

namespace Executor.Host.Api.Problems;

/// <summary>The HTTP status of a refusal by a run.</summary>
internal static class RefusalStatus
{
    public static int Of(string code) => code switch
    {
        RunCodes.RunUnknown or RunCodes.InquiryUnknown => StatusCodes.Status404NotFound,
        RunCodes.RunEnded or RunCodes.RunStopping or RunCodes.RunUnfinished or RunCodes.InquiryClosed => StatusCodes.Status409Conflict,
        RunCodes.InquiryInvalid => StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status422UnprocessableEntity,
    };
}
