using Executor.Core;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Core.Workflows;
using Executor.Host.Client;
using Executor.Host.Output;
using Executor.Storage;

namespace Executor.Host.Local;

/// <summary>The questions of a data directory. Answers are left in it for the process that has the run in hand.</summary>
internal sealed class LocalInquiries(DataDirectory data, SqliteStores stores) : IInquiryDesk
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public Task<IReadOnlyList<InquiryRow>> ListAsync(InquiryQuery query, CancellationToken stop) =>
        stores.Inquiries.ListAsync(query, stop);

    public Task<InquiryRow?> FindAsync(DispatchId id, CancellationToken stop) => stores.Inquiries.FindAsync(id, stop);

    public async Task<int> AnswerAsync(InquiryRow row, Value response, CancellationToken stop)
    {
        if (!row.IsOpen)
        {
            // A row that is closed stays so, whoever looks after the run.
            return Refuse(RunCodes.InquiryClosed, $"The question of '{row.Slot.Task}' in run {row.Run} is closed.");
        }

        var offer = new OfferedAnswer(
            0, row.Run, row.Slot, response, Environment.UserName, TimeProvider.System.GetUtcNow());
        var number = await stores.Offers.OfferAsync(offer, stop);
        if (!data.IsHeld())
        {
            Talk.Line($"the answer is kept; run {row.Run} goes on with: executor resume {row.Run}");
            return ExitCode.Completed;
        }

        var verdict = await VerdictAsync(number, stop);
        if (verdict is null)
        {
            Talk.Line($"the answer is kept until a process has run {row.Run} in hand: executor resume {row.Run}");
            return ExitCode.Completed;
        }

        if (verdict.Code == OfferVerdict.Accepted || await IsOursAsync(row, response, stop))
        {
            Talk.Line($"answered; run {row.Run} goes on");
            return ExitCode.Completed;
        }

        return Refuse(verdict.Code, verdict.Message!);
    }

    private static int Refuse(string code, string message)
    {
        Talk.Error(code, message, advice: ProblemAdvice.Of(code));
        return ExitCode.Unusable;
    }

    /// <summary>Told twice, because a process has died in between: the second time it is closed by its own answer.</summary>
    private async Task<bool> IsOursAsync(InquiryRow asked, Value response, CancellationToken stop) =>
        await FindAsync(asked.Id, stop) is { IsOpen: false } row
        && row.RespondedBy == Environment.UserName
        && row.Response == Question.Of(row.Input).Read(response).Response;

    private async Task<OfferVerdict?> VerdictAsync(long number, CancellationToken stop)
    {
        for (var waited = TimeSpan.Zero; waited < Patience; waited += Look)
        {
            if (await stores.Offers.VerdictAsync(number, stop) is { } verdict)
            {
                return verdict;
            }

            await Task.Delay(Look, stop);
        }

        return null;
    }
}
