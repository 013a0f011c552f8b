using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Executor.Core;
using Executor.Core.Runs;
using Executor.Core.Workflows;
using Executor.Host.Api.Shapes;
using Executor.Host.Client;
using Executor.Host.Local;
using Executor.Host.Output;

namespace Executor.Host.Verbs;

/// <summary>Questions to people: seeing and answering them.</summary>
internal static class InquiryVerbs
{
    private const int IdLength = 32;
    private const int MostLookedAt = 10_000;

    public static Command List()
    {
        var data = CommonOptions.Data();
        var output = CommonOptions.Output("table", "json");
        var run = new Option<string?>("--run") { Description = "Only questions of this run; in a data directory the beginning of its id will do.", HelpName = "RUN" };
        var all = new Option<bool>("--all") { Description = "Also those that are closed." };
        var limit = CheckedOptions.Limit("How many, newest first.", most: 100_000, usual: 50);
        var command = new Command("inquiries", "Lists what people are asked, newest first.")
        {
            run, all, limit, data, output, ServerOptions.Server,
        };
        command.SetAction((parsed, stop) => AtDeskAsync(parsed, data, async desk =>
        {
            var of = parsed.GetValue(run) is { } text ? await desk.RunAsync(text, stop) : (RunId?)null;
            var rows = await desk.ListAsync(new InquiryQuery(parsed.GetValue(limit), OnlyOpen: !parsed.GetValue(all), Run: of), stop);
            ResultText.Write(parsed.GetValue(output) == "json" ? Json(rows) : ForPeople(rows));
            return ExitCode.Completed;
        }));
        return command;
    }

    public static Command Answer()
    {
        var id = new Argument<string>("ID") { Description = "The question, or the beginning of its id." };
        var whole = new Argument<string?>("VALUE")
        {
            Description = "The whole answer, where the question has options or asks for one value.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var values = new Option<string[]>("--value", "-v")
        {
            Description = "A part of the answer; read by its type in the question's schema.",
            HelpName = "NAME=VALUE",
            DefaultValueFactory = _ => [],
        };
        var data = CommonOptions.Data();
        var command = new Command("answer", "Answers a question. The first valid answer counts.")
        {
            id, whole, values, data, ServerOptions.Server,
        };
        command.SetAction((parsed, stop) => AtDeskAsync(parsed, data, async desk =>
        {
            var row = await FindAsync(desk, parsed.GetRequiredValue(id), stop);
            var question = Question.Of(row.Input);
            var response = AnswerReading.Read(question, parsed.GetValue(whole), parsed.GetValue(values) ?? []);
            var problems = question.Read(response).Problems;
            if (problems.IsEmpty)
            {
                return await desk.AnswerAsync(row, response, stop);
            }

            foreach (var problem in problems)
            {
                Talk.Error(problem.Code, problem.Text, advice: ProblemAdvice.Of(problem.Code));
            }

            return ExitCode.Unusable;
        }));
        return command;
    }

    private static async Task<int> AtDeskAsync(
        ParseResult parsed, Option<string> data, Func<IInquiryDesk, Task<int>> work)
    {
        using var server = ServerOptions.Client(parsed);
        if (server is not null)
        {
            return await work(new RemoteInquiries(server));
        }

        using var directory = DataDirectory.Read(parsed.GetRequiredValue(data));
        await using var stores = await directory.OpenAsync();
        return await work(new LocalInquiries(directory, stores));
    }

    /// <param name="text">An id; or the beginning of that of only one open question, or of one that is closed.</param>
    private static async Task<InquiryRow> FindAsync(IInquiryDesk desk, string text, CancellationToken stop)
    {
        if (text.Length == IdLength && await desk.FindAsync(new DispatchId(text), stop) is { } exact)
        {
            return exact;
        }

        return await OnlyAsync(desk, text, isOpen: true, stop)
            ?? await OnlyAsync(desk, text, isOpen: false, stop)
            ?? throw new Unusable(RunCodes.InquiryUnknown, $"there is no question '{text}'", "see: executor inquiries --all");
    }

    /// <returns>Null when none begins so.</returns>
    private static async Task<InquiryRow?> OnlyAsync(IInquiryDesk desk, string text, bool isOpen, CancellationToken stop)
    {
        var rows = await desk.ListAsync(new InquiryQuery(MostLookedAt, OnlyOpen: isOpen), stop);
        var found = rows.Where(row => row.Id.Text.StartsWith(text, StringComparison.Ordinal)).ToList();
        return found.Count > 1
            ? throw ShortIds.Ambiguous(
                "inquiry.ambiguous", isOpen ? "open questions" : "questions", text, found.Select(row => row.Id.Text))
            : found.SingleOrDefault();
    }

    private static string ForPeople(IReadOnlyList<InquiryRow> rows)
    {
        var table = new Columns("inquiry", "run", "task", "status", "opened", "question", "answer with");
        foreach (var row in rows)
        {
            var question = Question.Of(row.Input);
            table.Add(
                row.Id.Text, row.Run.Text, row.Slot.Task, InquiryBody.Of(row).Status,
                row.OpenedAt.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), question.Prompt,
                row.IsOpen ? AnswerReading.Usage(question) : "");
        }

        return table.ToString();
    }

    private static string Json(IReadOnlyList<InquiryRow> rows) =>
        JsonSerializer.Serialize(rows.Select(InquiryBody.Of), RemoteInquiries.Shape);
}
