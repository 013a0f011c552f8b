using Executor.Actors;
using Executor.Core;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Host.Api.Access;
using Executor.Host.Api.Calls;
using Executor.Host.Api.Problems;
using Executor.Host.Api.Shapes;
using Executor.Host.Output;
using Executor.Host.Serving;
using Accepted = Executor.Actors.Runs.Accepted;
using RunReport = Executor.Actors.Runs.RunReport;

namespace Executor.Host.Api.Routes;

/// <summary>Starting, seeing and steering runs.</summary>
internal static class RunRoutes
{
    private const int MostAtOnce = 200;
    private const int LongestReason = 1_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/runs", StartAsync).Changes(Role.Operator, Limits.Starts)
            .WithSummary("Starts a run. With an Idempotency-Key repeating it starts nothing new.")
            .Takes<StartRequest>()
            .Produces<StartedBody>(StatusCodes.Status202Accepted);
        routes.MapPost("/runs/{id}/rerun", RerunAsync).Changes(Role.Operator, Limits.Starts)
            .WithSummary("Runs once more what a run that has ended was started with, or a part of it. With an Idempotency-Key repeating it starts nothing new.")
            .MayTake<RerunBody>()
            .Produces<StartedBody>(StatusCodes.Status202Accepted);
        routes.MapGet("/runs", ListAsync).Shows(Role.Viewer).WithSummary("Runs, newest first.");
        routes.MapGet("/runs/{id}", ShowAsync).Shows(Role.Viewer).WithSummary("One run as it is now.");
        routes.MapPost("/runs/{id}/cancel", CancelAsync).Changes(Role.Operator, Limits.Starts)
            .WithSummary("Asks a run to end; what follows is its cancellation policy's.")
            .MayTake<ReasonBody>()
            .Produces(StatusCodes.Status202Accepted);
        routes.MapPost("/runs/{id}/pause", PauseAsync).Changes(Role.Operator, Limits.Starts)
            .WithSummary("Lets what runs end and starts nothing more, also in the runs that it has called. Repeating it changes nothing.")
            .MayTake<ReasonBody>()
            .Produces(StatusCodes.Status202Accepted);
        routes.MapPost("/runs/{id}/resume", ResumeAsync).Changes(Role.Operator, Limits.Starts)
            .WithSummary("Lets a paused run go on, and the runs that it has called. Repeating it changes nothing.")
            .Produces(StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> StartAsync(HttpContext context, RunStarts starts, CancellationToken stop)
    {
        var request = await Content.ReadAsync<StartRequest>(context, stop);
        var started = await starts.StartAsync(context, request, stop);
        return Results.Accepted($"/api/v1/runs/{started.RunId}", started);
    }

    private static async Task<IResult> RerunAsync(
        string id, HttpContext context, ExecutorSystem engine, RunStarts starts, CancellationToken stop)
    {
        var body = await Content.ReadOrNoneAsync<RerunBody>(context, stop);
        var origin = (await FindAsync(id, engine, stop)).View.Id;
        var started = await starts.StartAgainAsync(context, origin, body, stop);
        return Results.Accepted($"/api/v1/runs/{started.RunId}", started);
    }

    private static async Task<RunPage> ListAsync(
        Stores stores, CancellationToken stop, string? before = null, bool open = false, string? status = null,
        string? workflow = null, DateTimeOffset? since = null, string? parent = null, int limit = 50)
    {
        var most = Paging.Limit(limit, MostAtOnce);
        var last = before is null ? (RunId?)null : Parse(before);
        var query = new RunQuery(most + 1, last, open, status is null ? null : StatusOf(status), workflow, since,
            parent is null ? null : Parse(parent));
        var rows = await stores.Executions.RunsAsync(query, stop);
        return new RunPage([.. rows.Take(most).Select(RunLine.Of)], rows.Count > most ? rows[most - 1].Id.Text : null);
    }

    private static async Task<RunBody> ShowAsync(
        string id, ExecutorSystem engine, Stores stores, CancellationToken stop, bool dispatches = false)
    {
        var report = await FindAsync(id, engine, stop);
        var output = report.Output ?? (report.View.EndedAt is null
            ? (Value?)null
            : (await stores.Executions.RunAsync(report.View.Id, stop))?.Output);
        var counts = dispatches ? DispatchCounts.Of(await stores.Guard.RowsAsync(report.View.Id, stop)) : null;
        var called = await stores.Executions.RunsAsync(new RunQuery(MostAtOnce, Parent: report.View.Id), stop);
        return RunBody.Of(report, output, counts, [.. called.Select(CalledBody.Of)]);
    }

    private static async Task<IResult> CancelAsync(
        string id, HttpContext context, ExecutorSystem engine, CancellationToken stop)
    {
        var reason = await ReasonAsync(context, stop);
        return await TellAsync(id, context, run => engine.CancelAsync(run, reason, stop));
    }

    private static async Task<IResult> PauseAsync(
        string id, HttpContext context, ExecutorSystem engine, CancellationToken stop)
    {
        var reason = await ReasonAsync(context, stop);
        return await TellAsync(id, context, run => engine.PauseAsync(run, reason, stop));
    }

    private static Task<IResult> ResumeAsync(
        string id, HttpContext context, ExecutorSystem engine, CancellationToken stop) =>
        TellAsync(id, context, run => engine.ResumeAsync(run, stop));

    private static async Task<string?> ReasonAsync(HttpContext context, CancellationToken stop)
    {
        var reason = (await Content.ReadOrNoneAsync<ReasonBody>(context, stop))?.Reason;
        return reason?.Length > LongestReason
            ? throw ApiProblem.BadRequest("api.reason", $"A reason has at most {LongestReason} characters.")
            : reason;
    }

    private static async Task<IResult> TellAsync(string id, HttpContext context, Func<RunId, Task<Accepted>> tell)
    {
        var run = Parse(id);
        Auditing.About(context, $"run {run}");
        var accepted = await tell(run);
        return accepted.Refusal is { } refusal ? throw ApiProblem.Of(refusal) : Results.Accepted($"/api/v1/runs/{run}");
    }

    private static RunStatus StatusOf(string word) => StatusWords.Run(word)
        ?? throw ApiProblem.BadRequest(
            "api.status",
            $"status is '{word}'; expected one of: {string.Join(", ", Enum.GetValues<RunStatus>().Select(StatusWords.Of))}.");

    /// <exception cref="ApiProblem">There is none.</exception>
    public static async Task<RunReport> FindAsync(string id, ExecutorSystem engine, CancellationToken stop)
    {
        var report = await engine.ReportAsync(Parse(id), stop);
        return report.Sequence > 0 ? report : throw Unknown(id);
    }

    /// <exception cref="ApiProblem">No run can have such an id.</exception>
    public static RunId Parse(string id) =>
        id.Length is > 0 and <= 64 && id.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-')
            ? new RunId(id)
            : throw Unknown(id);

    private static ApiProblem Unknown(string id) => ApiProblem.NotFound(RunCodes.RunUnknown, $"There is no run '{id}'.");
}
