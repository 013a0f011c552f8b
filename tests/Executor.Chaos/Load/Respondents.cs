using System.Collections.Immutable;
using System.Diagnostics;
using Executor.Chaos.Evidences;
using Executor.Core.Runs;

namespace Executor.Chaos.Load;

/// <summary>Two for each question, who both answer what they see at the same time, and do not always see it.</summary>
internal sealed class Respondents(LoadClient client)
{
    private const int Questions = 2;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly string[] Names = ["ann", "bob"];

    /// <returns>The answers of which somebody was told that they count.</returns>
    public async Task<ImmutableArray<TakenAnswer>> AnswerAsync(RunId run, CancellationToken stop)
    {
        var since = Stopwatch.StartNew();
        var met = new HashSet<string>();
        var answering = new List<Task<TakenAnswer?>>();
        while (met.Count < Questions && since.Elapsed < Patience)
        {
            await Task.Delay(Random.Shared.Next(300, 900), stop);
            foreach (var question in await client.QuestionsAsync(run, stop))
            {
                if (met.Add(question) && Random.Shared.Next(8) > 0)
                {
                    answering.AddRange(Names.Select(name => SayAsync(question, name, stop)));
                }
            }
        }

        return [.. (await Task.WhenAll(answering)).OfType<TakenAnswer>()];
    }

    private async Task<TakenAnswer?> SayAsync(string question, string name, CancellationToken stop) =>
        await client.AnswerAsync(question, name, stop) ? new TakenAnswer(new DispatchId(question), name) : null;
}
