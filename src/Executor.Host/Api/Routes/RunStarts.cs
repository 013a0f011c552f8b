using Executor.Actors;
using Executor.Core.Runs;
using Executor.Core.Runs.Reruns;
using Executor.Core.Values;
using Executor.Core.Workflows;
using Executor.Host.Api.Access;
using Executor.Host.Api.Calls;
using Executor.Host.Api.Problems;
using Executor.Host.Api.Shapes;
using Executor.Host.Local;
using Executor.Host.Serving;

namespace Executor.Host.Api.Routes;

/// <summary>Starting a run: answered when it stands in the journal, and once however often it is asked.</summary>
internal sealed class RunStarts(ExecutorSystem engine, Stores stores, IdempotencyKeys keys)
{
    private const int LongestKey = 255;
    private readonly StoredWorkflows _called = new(stores.Library, stores.Catalog);

    public async Task<StartedBody> StartAsync(HttpContext context, StartRequest request, CancellationToken stop)
    {
        var workflow = Within(await WorkflowOfAsync(request, stop), request.Timeout);
        return await StartAsync(context, workflow, InputsOf(request), null, "", stop);
    }

    /// <summary>Once more what a run was started with, or a part of what it did.</summary>
    public async Task<StartedBody> StartAgainAsync(
        HttpContext context, RunId origin, RerunBody? body, CancellationToken stop)
    {
        var request = new RerunRequest([.. body?.From ?? []], body?.FailedItems ?? false);
        var (again, refusal) = await Rerun.OfAsync(stores.Journal, origin, request, stop);
        var part = request.IsWhole ? "" : $"/{request.FailedItems}/{string.Join('/', request.From)}";
        return again is null
            ? throw ApiProblem.Of(refusal!)
            : await StartAsync(context, again.Workflow, again.Inputs, again.Origin, $"{origin}{part}", stop);
    }

    /// <param name="content">What is asked for besides the workflow and the inputs.</param>
    private async Task<StartedBody> StartAsync(
        HttpContext context, WorkflowSpec workflow, Value.Map inputs, RerunOrigin? origin, string content,
        CancellationToken stop)
    {
        var key = context.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length > LongestKey)
        {
            throw ApiProblem.BadRequest("api.idempotency-key", $"An Idempotency-Key has at most {LongestKey} characters.");
        }

        var run = key.Length == 0 ? RunIds.New() : keys.RunOf(Principal.Of(context), key);
        Auditing.About(context, $"run {run}");
        var requestKey = key.Length == 0 ? null : IdempotencyKeys.Fingerprint($"{key}{content}", workflow.Hash, inputs);
        var accepted = await engine.StartRunAsync(run, workflow, inputs, engine.Limits, requestKey, stop, origin);
        if (accepted.Refusal is { } refusal)
        {
            throw ApiProblem.Of(refusal);
        }

        if (requestKey is not null && (await engine.ReportAsync(run, stop)).RequestKey != requestKey)
        {
            throw ApiProblem.Conflict(
                "api.idempotency-key-reused", "This Idempotency-Key was used before, for a start with another content.");
        }

        return new StartedBody(run.Text, workflow.Ref, workflow.Hash);
    }

    private async Task<WorkflowSpec> WorkflowOfAsync(StartRequest request, CancellationToken stop)
    {
        switch (request)
        {
            case { Workflow: { } name, Definition: null, Name: null }:
                var stored = await WorkflowRoutes.FindAsync(stores, name, request.Number, stop);
                var source = await stores.Catalog.SourceAsync(stored.Hash, stop)
                    ?? throw new InvalidOperationException($"The text of {name}, number {stored.Number}, is gone.");
                return await ReadAsync(source, stored.Reference, stop);
            case { Workflow: null, Definition: { } text, Number: null }:
                return await ReadAsync(text, NameOf(request), stop);
            default:
                throw ApiProblem.BadRequest(
                    "api.start", "Name a stored workflow ('workflow', and 'number' if not the latest) or give a 'definition', not both.");
        }
    }

    private static string NameOf(StartRequest request) => request.Name switch
    {
        null => "inline",
        { Length: > 0 and <= 100 } name => name,
        _ => throw ApiProblem.BadRequest("api.start", "A name has 1 to 100 characters."),
    };

    private static WorkflowSpec Within(WorkflowSpec workflow, double? seconds)
    {
        if (seconds is null)
        {
            return workflow;
        }

        if (seconds is not > 0 || seconds > Durations.Longest.TotalSeconds)
        {
            throw ApiProblem.BadRequest("api.start", "timeout is a number of seconds above 0.");
        }

        var wanted = TimeSpan.FromSeconds(seconds.Value);
        return workflow with { Timeout = workflow.Timeout < wanted ? workflow.Timeout : wanted };
    }

    private async Task<WorkflowSpec> ReadAsync(string source, string name, CancellationToken stop)
    {
        var reading = await _called.CheckAsync(source, name, stop);
        return reading.Spec ?? throw ApiProblem.Of(reading.Problems);
    }

    private static Value.Map InputsOf(StartRequest request) => Value.Map.From((request.Inputs ?? [])
        .Select(entry => KeyValuePair.Create(entry.Key, Content.ValueOf($"inputs.{entry.Key}", entry.Value))));
}
