using Executor.Core;
using Executor.Core.Runs;
using Executor.Host.Watching;

namespace Executor.Host.Client;

/// <summary>The questions of a server, for those who follow a run: while it does not answer they look again later.</summary>
internal sealed class RemoteQuestions(ApiClient api) : IQuestionBook
{
    private readonly RemoteInquiries _inquiries = new(api);

    public async Task<IReadOnlyList<InquiryRow>> OpenAsync(int most, CancellationToken stop) =>
        await LookAsync(() => _inquiries.ListAsync(new InquiryQuery(most, OnlyOpen: true), stop)) ?? [];

    public async Task<bool> IsOpenAsync(DispatchId id, CancellationToken stop)
    {
        var isOpen = true;
        await LookAsync(async () =>
        {
            isOpen = await _inquiries.FindAsync(id, stop) is { IsOpen: true };
            return "";
        });
        return isOpen;
    }

    public Task<Descent?> DescentAsync(RunId run, CancellationToken stop) => LookAsync(async () =>
    {
        var body = await api.GetAsync($"runs/{run}", stop);
        return new Descent((string?)body["parent"]?["run_id"] is { } caller ? new RunId(caller) : null);
    });

    /// <returns>Null when there is no answer now: whoever follows the run itself hears why, if that lasts.</returns>
    private static async Task<T?> LookAsync<T>(Func<Task<T>> look)
        where T : class
    {
        try
        {
            return await look();
        }
        catch (Unusable)
        {
            return null;
        }
    }
}
