using System.Collections.Immutable;
using System.CommandLine;
using System.Text;
using System.Text.Json;
using Executor.Core.Explaining;
using Executor.Core.Workflows;
using Executor.Host.Api.Shapes;
using Executor.Host.Client;
using Executor.Host.Local;
using Executor.Host.Output;

namespace Executor.Host.Verbs;

/// <summary>Says why tasks ran, did not run, wait or failed.</summary>
internal static class ExplainVerb
{
    public static Command Create()
    {
        var run = new Argument<string>("RUN") { Description = "The run, or the beginning of its id." };
        var task = new Argument<string?>("TASK")
        {
            Description = $"One task, by its latest {Explanation.MostVisits} visits; without it, all tasks by their latest visit and those that made the run fail.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var visit = CheckedOptions.Whole("--visit", "Only this visit of TASK, from 1.", "3", least: 1, int.MaxValue);
        var data = CommonOptions.Data();
        var output = CommonOptions.Output("text", "json");
        var command = new Command(
            "explain",
            "Says in sentences why the tasks of a run ran, did not run, wait or failed: which transition and which condition "
            + "with the values that it saw, which join waits for what. In a data directory or on a server.")
        {
            run, task, visit, data, output, ServerOptions.Server,
        };
        command.Validators.Add(given =>
        {
            if (given.GetResult(visit) is not null && given.GetResult(task) is not { Tokens.Count: > 0 })
            {
                given.AddError("--visit is one of a task; name the task, too");
            }
        });
        command.SetAction(async (parsed, stop) =>
        {
            await using var journal = await RunJournal.OpenAsync(
                parsed, parsed.GetRequiredValue(run), parsed.GetRequiredValue(data), stop);
            var entries = await journal.EntriesAsync(int.MaxValue, stop);
            var (named, number) = (parsed.GetValue(task), (int?)parsed.GetValue(visit));
            var sentences = await Hindsight.OfAsync(
                journal.Run, entries, named, number, result => journal.ResultAsync(result.Id, stop));
            if (sentences is not { } told)
            {
                var (code, mistake) = Hindsight.MistakeOf(journal.Run, entries, named!, number);
                throw new Unusable(code, mistake, ProblemAdvice.Of(code));
            }

            ResultText.Write(parsed.GetValue(output) == "json" ? Json(told) : ForPeople(told));
            return ExitCode.Completed;
        });
        return command;
    }

    private static string ForPeople(ImmutableArray<Sentence> sentences)
    {
        var text = new StringBuilder();
        string? task = null;
        foreach (var sentence in sentences)
        {
            var isOfTask = sentence.Task is not null && sentence.Kind != SentenceKind.Problem;
            if (isOfTask && sentence.Task != task)
            {
                text.Append(text.Length > 0 ? "\n" : "").Append(sentence.Task).Append(":\n");
                task = sentence.Task;
            }

            text.Append(isOfTask ? "  " : "").Append(SafeText.OneLine(sentence.Text)).Append('\n');
        }

        return text.ToString();
    }

    private static string Json(ImmutableArray<Sentence> sentences) =>
        JsonSerializer.Serialize(sentences.Select(SentenceBody.Of), RemoteInquiries.Shape);
}
