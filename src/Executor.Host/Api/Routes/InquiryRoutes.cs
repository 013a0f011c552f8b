using Executor.Actors;
using Executor.Core;
using Executor.Core.Runs;
using Executor.Host.Api.Access;
using Executor.Host.Api.Calls;
using Executor.Host.Api.Problems;
using Executor.Host.Api.Shapes;
using Executor.Host.Serving;

namespace Executor.Host.Api.Routes;

/// <summary>Questions to people: seeing and answering them.</summary>
internal static class InquiryRoutes
{
    private const int MostAtOnce = 200;
    private const int IdLength = 32;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/inquiries", ListAsync).Shows(Role.Viewer).WithSummary("Questions to people, newest first.");
        routes.MapGet("/inquiries/{id}", ShowAsync).Shows(Role.Viewer).WithSummary("One question, and its answer.");
        routes.MapPost("/inquiries/{id}/answer", AnswerAsync).Changes(Role.Operator, Limits.Starts)
            .WithSummary("Answers a question. The first valid answer counts, later ones are refused.")
            .Takes<AnswerBody>()
            .Produces<AnsweredBody>();
    }

    private static async Task<InquiryPage> ListAsync(
        Stores stores, CancellationToken stop, string? before = null, bool open = false, string? run = null,
        int limit = 50)
    {
        var most = Paging.Limit(limit, MostAtOnce);
        var query = new InquiryQuery(
            most + 1, before is null ? null : Parse(before), open, run is null ? null : RunRoutes.Parse(run));
        var rows = await stores.Inquiries.ListAsync(query, stop);
        return new InquiryPage(
            [.. rows.Take(most).Select(InquiryBody.Of)], rows.Count > most ? rows[most - 1].Id.Text : null);
    }

    private static async Task<InquiryBody> ShowAsync(string id, Stores stores, CancellationToken stop) =>
        InquiryBody.Of(await FindAsync(id, stores, stop));

    private static async Task<AnsweredBody> AnswerAsync(
        string id, HttpContext context, ExecutorSystem engine, Stores stores, CancellationToken stop)
    {
        Auditing.About(context, $"inquiry {Parse(id)}");
        var body = await Content.ReadAsync<AnswerBody>(context, stop);
        var row = await FindAsync(id, stores, stop);
        var accepted = await engine.AnswerAsync(
            row.Run, row.Slot, Content.ValueOf("response", body.Response), Principal.Of(context).Name, stop);
        return accepted.Refusal is { } refusal
            ? throw ApiProblem.Of(refusal)
            : new AnsweredBody(row.Id.Text, row.Run.Text);
    }

    private static async Task<InquiryRow> FindAsync(string id, Stores stores, CancellationToken stop) =>
        await stores.Inquiries.FindAsync(Parse(id), stop) ?? throw Unknown(id);

    /// <exception cref="ApiProblem">No question can have such an id.</exception>
    private static DispatchId Parse(string id) => id.Length == IdLength && id.All(char.IsAsciiHexDigitLower)
        ? new DispatchId(id)
        : throw Unknown(id);

    private static ApiProblem Unknown(string id) =>
        ApiProblem.NotFound(RunCodes.InquiryUnknown, $"There is no question '{id}'.");
}
