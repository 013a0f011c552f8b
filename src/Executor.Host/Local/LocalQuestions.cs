using Executor.Core;
using Executor.Core.Runs;
using Executor.Host.Watching;
using Executor.Storage;

namespace Executor.Host.Local;

/// <summary>The questions of a data directory that this process has in hand.</summary>
internal sealed class LocalQuestions(SqliteStores stores) : IQuestionBook
{
    public Task<IReadOnlyList<InquiryRow>> OpenAsync(int most, CancellationToken stop) =>
        stores.Inquiries.ListAsync(new InquiryQuery(most, OnlyOpen: true), stop);

    public async Task<bool> IsOpenAsync(DispatchId id, CancellationToken stop) =>
        await stores.Inquiries.FindAsync(id, stop) is { IsOpen: true };

    public async Task<Descent?> DescentAsync(RunId run, CancellationToken stop) =>
        await stores.Executions.RunAsync(run, stop) is { } row ? new Descent(row.Parent?.Run) : null;
}
