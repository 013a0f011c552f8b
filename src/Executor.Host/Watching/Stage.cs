using Executor.Core;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Core.Workflows;
using Executor.Host.Output;
using Executor.Host.Verbs;

namespace Executor.Host.Watching;

/// <summary>Shows a run; where it asks something, the person in front of it is asked, or is told how to answer.</summary>
/// <param name="questions">Of the run and those that it has called.</param>
/// <param name="place">What others write behind the verb to find the question, <c>--data DIR</c>; may be empty.</param>
internal sealed class Stage(RunMirror mirror, FamilyQuestions questions, string place)
{
    private readonly HashSet<DispatchId> _met = [];

    /// <summary>
    /// Brings an answer to its run, and returns why it is refused, or null. Null: nobody is asked here, only told.
    /// </summary>
    public Func<InquiryRow, Value, CancellationToken, Task<string?>>? Answer { get; init; }

    /// <summary>How often open questions are looked for, while there may be any.</summary>
    public TimeSpan Look { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Returns soon after <paramref name="end"/>, with the last state shown.</summary>
    public Task ShowAsync(CancellationToken end)
    {
        var view = ProgressViews.Fitting();
        return view is LiveProgress && !Console.IsInputRedirected && Answer is { } answer
            ? AskBetweenAsync(answer, end)
            : Task.WhenAll(view.ShowAsync(mirror, end), TellAsync(view is LiveProgress, end));
    }

    private async Task AskBetweenAsync(
        Func<InquiryRow, Value, CancellationToken, Task<string?>> answer, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            using var pause = CancellationTokenSource.CreateLinkedTokenSource(end);
            var showing = new LiveProgress().ShowAsync(mirror, pause.Token);
            var question = await NextAsync(end);
            await pause.CancelAsync();
            await showing;
            if (question is not null)
            {
                await AskAsync(question, answer, end);
            }
        }
    }

    private async Task TellAsync(bool isRedrawn, CancellationToken end)
    {
        while (await NextAsync(end) is { } row)
        {
            var line = $"question {row.Id}: {SafeText.Short(Question.Of(row.Input).Prompt, 200)}; to answer: {Command(row)}";
            if (isRedrawn)
            {
                mirror.Tell(line);
            }
            else
            {
                Talk.Line(line);
            }
        }
    }

    private string Command(InquiryRow row) =>
        $"executor answer {row.Id} {AnswerReading.Usage(Question.Of(row.Input))} {place}".TrimEnd();

    /// <returns>Null at the end.</returns>
    private async Task<InquiryRow?> NextAsync(CancellationToken end)
    {
        using var timer = new PeriodicTimer(Look);
        while (!end.IsCancellationRequested)
        {
            var open = MayAsk() ? await OpenAsync(end) : [];
            if (open.FirstOrDefault(row => !_met.Contains(row.Id)) is { } next)
            {
                _met.Add(next.Id);
                return next;
            }

            await Ticks.NextAsync(timer, end);
        }

        return null;
    }

    private async Task<IReadOnlyList<InquiryRow>> OpenAsync(CancellationToken end)
    {
        try
        {
            return await questions.OpenAsync(end);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return [];
        }
    }

    /// <summary>Most runs never ask, and for them nothing is looked up.</summary>
    private bool MayAsk() => mirror.Run.InFlight.Values.Any(open => open.Dispatched.IsQuestion || open.Dispatched.IsCall);

    private async Task AskAsync(
        InquiryRow row, Func<InquiryRow, Value, CancellationToken, Task<string?>> answer, CancellationToken end)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(end);
        var watching = WatchAsync(row, gone);
        try
        {
            var response = await new QuestionForm().FillAsync(Question.Of(row.Input), gone.Token);
            if (await answer(row, response, gone.Token) is { } refusal)
            {
                Talk.Line(refusal);
            }
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            Talk.Line("");
            Talk.Line("the question is closed");
        }
        finally
        {
            await gone.CancelAsync();
            await watching;
        }
    }

    /// <summary>Somebody else may answer it, or its time may pass, while a person types.</summary>
    private async Task WatchAsync(InquiryRow row, CancellationTokenSource gone)
    {
        using var timer = new PeriodicTimer(Look);
        while (!gone.IsCancellationRequested && await questions.IsOpenAsync(row.Id, CancellationToken.None))
        {
            await Ticks.NextAsync(timer, gone.Token);
        }

        await gone.CancelAsync();
    }
}
