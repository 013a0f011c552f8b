using Executor.Actors.Batching;
using Executor.Actors.Dispatching;
using Executor.Core;
using Executor.Core.Runs;

namespace Executor.Actors.Inquiries;

/// <summary>Writes the rows by which people find questions; a run is told once they can be found.</summary>
/// <remarks>
/// Until then the run keeps its time near: a node that dies between the entry and the row would leave a question that
/// nobody sees, and so nobody answers. How questions end is written with the other rows of the run.
/// </remarks>
public sealed class InquiryOpener : BatchingActor<IReadOnlyList<InquiryRow>, bool>
{
    private const int MostAtOnce = 500;
    private readonly IInquiryStore _store;
    private readonly Dictionary<DispatchId, InquiryRow> _waiting = [];
    private readonly Askers _askers = new();

    public InquiryOpener(IInquiryStore store)
    {
        _store = store;
        Receive<ToPeople>(Gather);
    }

    protected override IReadOnlyList<InquiryRow>? TakeBatch()
    {
        if (_waiting.Count == 0)
        {
            return null;
        }

        var batch = _waiting.Values.Take(MostAtOnce).ToArray();
        foreach (var row in batch)
        {
            _waiting.Remove(row.Id);
        }

        return batch;
    }

    protected override async Task<bool> WorkAsync(IReadOnlyList<InquiryRow> batch, CancellationToken stop)
    {
        await _store.WriteAsync(batch, stop);
        return true;
    }

    protected override void Finished(IReadOnlyList<InquiryRow> batch, bool done) =>
        _askers.Tell(batch.Select(row => row.Id));

    private void Gather(ToPeople message)
    {
        foreach (var row in message.Rows)
        {
            _waiting[row.Id] = row;
            _askers.Add(row.Id, Sender, Self);
        }

        Proceed();
    }
}
