using Executor.Core;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Host.Client;

/// <summary>Where questions are seen and answered: a data directory, or a server.</summary>
internal interface IInquiryDesk
{
    Task<IReadOnlyList<InquiryRow>> ListAsync(InquiryQuery query, CancellationToken stop);

    /// <param name="text">A run's id; in a data directory also the beginning of it.</param>
    /// <exception cref="Unusable">There is no such run, or there are several.</exception>
    Task<RunId> RunAsync(string text, CancellationToken stop);

    /// <param name="id">Whole.</param>
    /// <returns>Null when there is none.</returns>
    Task<InquiryRow?> FindAsync(DispatchId id, CancellationToken stop);

    /// <returns>The exit code; what has become of the answer is told.</returns>
    Task<int> AnswerAsync(InquiryRow row, Value response, CancellationToken stop);
}
