using System.Text.Json;
using Executor.Core;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Host.Api.Shapes;

/// <summary>A question to a person; the command line shows the same.</summary>
/// <param name="Item">From 0; null for a task without items.</param>
/// <param name="Status">pending, answered, timeout, cancelled, or skipped where the run failed before.</param>
/// <param name="ResponseSchema">Of what the answer must be: names and their schemas, or a schema of an object.</param>
/// <param name="Options">Of which one is the answer.</param>
/// <param name="AssignedTo">For people: nobody else is refused.</param>
/// <param name="DueAt">Null when it waits as long as it takes.</param>
/// <param name="Response">Null unless answered.</param>
/// <param name="RespondedBy">Null unless a person has answered: else the default did.</param>
internal sealed record InquiryBody(
    string InquiryId, string RunId, string Workflow, string Task, int Visit, int? Item, int Attempt, string Status,
    string Prompt, JsonElement? ResponseSchema, JsonElement? Options, IReadOnlyList<string> AssignedTo,
    JsonElement? DefaultResponse, DateTimeOffset OpenedAt, DateTimeOffset? DueAt, DateTimeOffset? ClosedAt,
    JsonElement? Response, string? RespondedBy)
{
    private const string Pending = "pending";
    private const string Answered = "answered";

    public static InquiryBody Of(InquiryRow row)
    {
        var question = Question.Of(row.Input);
        return new InquiryBody(
            row.Id.Text, row.Run.Text, row.Workflow, row.Slot.Task, row.Slot.Visit,
            row.Slot.Item == Slot.NoItem ? null : row.Slot.Item, row.Slot.Attempt, WordOf(row.Status), question.Prompt,
            Given(row, "response_schema"), Given(row, "options"), question.AssignedTo, Given(row, "default_response"),
            row.OpenedAt, row.DueAt, row.ClosedAt, row.Response is { } response ? Json.Of(response) : null,
            row.RespondedBy);
    }

    /// <summary>As the client of a server sees it; how far the journal was is not told.</summary>
    public InquiryRow ToRow() => new(
        new DispatchId(InquiryId), new RunId(RunId), new Slot(Task, Visit, Item ?? Slot.NoItem, Attempt), 0, Workflow,
        StatusOf(Status), Input(), OpenedAt, DueAt, ClosedAt, Read(Response), RespondedBy);

    private static JsonElement? Given(InquiryRow row, string name) =>
        row.Input.TryGet(name, out var value) && !value.IsNull ? Json.Of(value) : null;

    private static string WordOf(SlotStatus status) => status switch
    {
        SlotStatus.Running => Pending,
        SlotStatus.Completed => Answered,
        _ => StatusWords.Of(status),
    };

    private static SlotStatus StatusOf(string word) => word switch
    {
        Pending => SlotStatus.Running,
        Answered => SlotStatus.Completed,
        _ => Enum.Parse<SlotStatus>(word, ignoreCase: true),
    };

    private static Value? Read(JsonElement? json) => json is { } given ? ValueJson.Parse(given.GetRawText()) : null;

    private Value.Map Input()
    {
        (string Name, Value? Value)[] members =
        [
            ("prompt", Value.Of(Prompt)), ("response_schema", Read(ResponseSchema)), ("options", Read(Options)),
            ("assigned_to", AssignedTo.Count == 0 ? null : Value.Of(AssignedTo.Select(Value.Of))),
            ("default_response", Read(DefaultResponse)),
        ];
        return Value.Map.From(members.Where(one => one.Value is not null)
            .Select(one => KeyValuePair.Create(one.Name, one.Value!)));
    }
}

/// <param name="Next">For the next page as <c>?before=</c>; null when this is the last.</param>
internal sealed record InquiryPage(IReadOnlyList<InquiryBody> Inquiries, string? Next);
