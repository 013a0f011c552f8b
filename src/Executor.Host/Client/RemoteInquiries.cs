using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Executor.Core;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Host.Api.Shapes;
using Executor.Host.Output;
using Executor.Host.Verbs;

namespace Executor.Host.Client;

/// <summary>The questions of a server.</summary>
internal sealed class RemoteInquiries(ApiClient api) : IInquiryDesk
{
    private const int Page = 200;

    /// <summary>How a question is written, by the server and by the command line.</summary>
    public static readonly JsonSerializerOptions Shape = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        MaxDepth = 512,
    };

    public async Task<IReadOnlyList<InquiryRow>> ListAsync(InquiryQuery query, CancellationToken stop)
    {
        var rows = new List<InquiryRow>();
        var filter = (query.OnlyOpen ? "&open=true" : "") + (query.Run is { } run ? $"&run={run}" : "");
        for (var before = query.Before?.Text ?? ""; before is not null && rows.Count < query.Limit;)
        {
            var wanted = Math.Min(Page, query.Limit - rows.Count);
            var from = before.Length > 0 ? $"&before={before}" : "";
            var page = await api.GetAsync($"inquiries?limit={wanted}{filter}{from}", stop);
            rows.AddRange(page["inquiries"]!.AsArray().Select(one => RowOf(one!)));
            before = (string?)page["next"];
        }

        return rows;
    }

    public async Task<RunId> RunAsync(string text, CancellationToken stop) =>
        new((string)(await api.GetAsync($"runs/{Uri.EscapeDataString(text)}", stop))["run_id"]!);

    public async Task<InquiryRow?> FindAsync(DispatchId id, CancellationToken stop)
    {
        try
        {
            return RowOf(await api.GetAsync($"inquiries/{id}", stop));
        }
        catch (Refused refused) when (refused.Code == RunCodes.InquiryUnknown)
        {
            return null;
        }
    }

    public async Task<int> AnswerAsync(InquiryRow row, Value response, CancellationToken stop)
    {
        try
        {
            await SendAsync(row, response, stop);
        }
        catch (Refused refused)
        {
            return Refusals.Say(refused, json: false);
        }

        Talk.Line($"answered; run {row.Run} goes on");
        return ExitCode.Completed;
    }

    /// <returns>Why the answer is refused; null when it is taken.</returns>
    public async Task<string?> RefusalOfAsync(InquiryRow row, Value response, CancellationToken stop)
    {
        try
        {
            await SendAsync(row, response, stop);
            return null;
        }
        catch (Unusable refused)
        {
            return refused.Message;
        }
    }

    private Task<JsonNode> SendAsync(InquiryRow row, Value response, CancellationToken stop) => api.PostAsync(
        $"inquiries/{row.Id}/answer", new JsonObject { ["response"] = JsonNode.Parse(ValueJson.Write(response)) }, null, stop);

    private static InquiryRow RowOf(JsonNode one) => one.Deserialize<InquiryBody>(Shape)!.ToRow();
}
