using Executor.Core;
using Executor.Core.Expressions;
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

    public async Task<RunId> RunAsync(string text, CancellationToken stop) =>
        (await new RunArchive(stores).FindAsync(text, stop)).Id;

    public async Task<int> AnswerAsync(InquiryRow row, Value response, CancellationToken stop)
    {
        if (!row.IsOpen)
        {
            // A row that is closed stays so, whoever looks after the run.
            return Refuse(Closed(row));
        }

        var now = TimeProvider.System.GetUtcNow();
        if (row.DueAt < now && !(await new RunArchive(stores).FindAsync(row.Run.Text, stop)).HoldsBack)
        {
            // Its run ends it as soon as somebody has it in hand.
            return Refuse(TimeWasUp(row));
        }

        var offer = new OfferedAnswer(0, row.Run, row.Slot, response, Environment.UserName, now);
        var number = await stores.Offers.OfferAsync(offer, stop);
        var isHeld = data.IsHeld();
        var verdict = (isHeld ? await VerdictAsync(row, number, stop) : null) ?? await BehindOtherAsync(row, response, number, stop);
        if (verdict is null)
        {
            Talk.Line(isHeld
                ? $"the answer is kept until a process has run {row.Run} in hand: executor resume {row.Run}"
                : $"the answer is kept; run {row.Run} goes on with: executor resume {row.Run}");
            return ExitCode.Completed;
        }

        if (verdict.Code == OfferVerdict.Accepted || await IsOursAsync(row, response, stop))
        {
            Talk.Line($"answered; run {row.Run} goes on");
            return ExitCode.Completed;
        }

        return Refuse(verdict);
    }

    private static int Refuse(OfferVerdict verdict)
    {
        Talk.Error(verdict.Code, verdict.Message!, advice: ProblemAdvice.Of(verdict.Code));
        return ExitCode.Unusable;
    }

    private static OfferVerdict Closed(InquiryRow row) =>
        new(RunCodes.InquiryClosed, $"The question of '{row.Slot.Task}' in run {row.Run} is closed.");

    private static OfferVerdict TimeWasUp(InquiryRow row) => new(
        RunCodes.InquiryClosed,
        $"The question of '{row.Slot.Task}' in run {row.Run} is closed: its time was up at {IsoTime.Write(row.DueAt!.Value)}.");

    /// <summary>Told twice, because a process has died in between: the second time it is closed by its own answer.</summary>
    private async Task<bool> IsOursAsync(InquiryRow asked, Value response, CancellationToken stop) =>
        await FindAsync(asked.Id, stop) is { IsOpen: false } row
        && row.RespondedBy == Environment.UserName
        && row.Response == Question.Of(row.Input).Read(response).Response;

    /// <returns>Null when nobody has said anything to it.</returns>
    private async Task<OfferVerdict?> VerdictAsync(InquiryRow row, long number, CancellationToken stop)
    {
        for (var waited = TimeSpan.Zero; waited < Patience; waited += Look)
        {
            if (await stores.Offers.VerdictAsync(number, stop) is { } verdict)
            {
                return verdict;
            }

            if (await FindAsync(row.Id, stop) is { IsOpen: false } closed)
            {
                // A run that ends with another's answer takes its process along, and nobody is left to say so.
                return await DecideAsync(number, Closed(closed), stop);
            }

            await Task.Delay(Look, stop);
        }

        return null;
    }

    /// <summary>While nobody has the run in hand, answers wait in the order in which they came, and only the first counts.</summary>
    /// <returns>Null when it is the first, or the same as the first.</returns>
    private async Task<OfferVerdict?> BehindOtherAsync(InquiryRow row, Value response, long number, CancellationToken stop)
    {
        var question = Question.Of(row.Input);
        return await KeptAnswers.FirstAsync(stores, row, stop) is { } first && first.Number < number
            && question.Read(first.Response).Response != question.Read(response).Response
            ? await DecideAsync(
                number,
                new OfferVerdict(
                    RunCodes.InquiryClosed,
                    $"The question of '{row.Slot.Task}' has been answered by {first.RespondedBy ?? "somebody"} before; "
                    + $"run {row.Run} goes on with that answer: executor resume {row.Run}"),
                stop)
            : null;
    }

    /// <returns>What was said first, be it by the run.</returns>
    private async Task<OfferVerdict?> DecideAsync(long number, OfferVerdict verdict, CancellationToken stop)
    {
        await stores.Offers.DecideAsync(number, verdict, stop);
        return await stores.Offers.VerdictAsync(number, stop);
    }
}
