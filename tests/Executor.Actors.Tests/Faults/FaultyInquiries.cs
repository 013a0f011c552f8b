using Executor.Core;
using Executor.Core.Runs;

namespace Executor.Actors.Tests.Faults;

public sealed class FaultyInquiries(IInquiryStore inner, FaultPlan plan) : IInquiryStore
{
    public Task WriteAsync(IReadOnlyList<InquiryRow> rows, CancellationToken stop) =>
        plan.CallAsync("inquiries.write", () => inner.WriteAsync(rows, stop), FaultyExecutions.Unreachable);

    public Task<IReadOnlyList<InquiryRow>> ListAsync(InquiryQuery query, CancellationToken stop) =>
        plan.CallAsync("inquiries.list", () => inner.ListAsync(query, stop), FaultyExecutions.Unreachable);

    public Task<InquiryRow?> FindAsync(DispatchId id, CancellationToken stop) =>
        plan.CallAsync("inquiries.find", () => inner.FindAsync(id, stop), FaultyExecutions.Unreachable);
}
