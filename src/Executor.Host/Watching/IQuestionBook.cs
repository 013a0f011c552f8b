using Executor.Core;
using Executor.Core.Runs;

namespace Executor.Host.Watching;

/// <summary>Where the questions of runs stand, and which run called which: a data directory, or a server.</summary>
internal interface IQuestionBook
{
    /// <summary>Newest first; empty also when nobody answers now.</summary>
    Task<IReadOnlyList<InquiryRow>> OpenAsync(int most, CancellationToken stop);

    /// <summary>Not while it is answered, closed, or unknown; open also when nobody answers now.</summary>
    Task<bool> IsOpenAsync(DispatchId id, CancellationToken stop);

    /// <returns>Null while it is not known.</returns>
    Task<Descent?> DescentAsync(RunId run, CancellationToken stop);
}

/// <param name="Caller">Null: it was started, not called.</param>
internal sealed record Descent(RunId? Caller);
