using System.Text;
using Executor.Core;
using Executor.Host.Api.Access;
using Executor.Host.Api.Problems;
using Executor.Host.Api.Shapes;
using Executor.Host.Local;
using Executor.Host.Serving;

namespace Executor.Host.Api.Routes;

/// <summary>Storing workflows and looking at them.</summary>
internal static class WorkflowRoutes
{
    private const int MostAtOnce = 200;
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/workflows", StoreAsync).Changes(Role.Author, Limits.Definitions)
            .WithSummary("Stores a workflow, whole or not at all.")
            .Accepts<string>("text/yaml", "application/yaml", "application/x-yaml")
            .Produces<WorkflowBody>(StatusCodes.Status201Created).Produces<WorkflowBody>();
        routes.MapGet("/workflows", ListAsync).Shows(Role.Viewer)
            .WithSummary("The latest of each stored workflow, by name.");
        routes.MapGet("/workflows/{reference}", ShowAsync).Shows(Role.Viewer)
            .WithSummary("One stored workflow with its text: the latest, or the one of a number.");
        routes.MapGet("/workflows/{reference}/versions", VersionsAsync).Shows(Role.Viewer)
            .WithSummary("All that was stored under one name, newest first.");
    }

    private static async Task<IResult> StoreAsync(HttpContext context, Stores stores, CancellationToken stop)
    {
        var source = await ReadTextAsync(context.Request, stop);
        var reading = await new StoredWorkflows(stores.Library, stores.Catalog).CheckAsync(source, defaultRef: "", stop);
        if (reading.Spec is not { } spec)
        {
            throw ApiProblem.Of(reading.Problems);
        }

        if (spec.Ref.Length == 0)
        {
            throw new ApiProblem(422, "workflow.no-name", "A stored workflow needs a name: begin the file with 'ref: pack.name'.");
        }

        Auditing.About(context, $"workflow {spec.Ref}");
        var stored = await stores.Library.StoreAsync(
            new NewWorkflow(spec.Ref, spec.Version, spec.Hash, spec.Source, Principal.Of(context).Name), stop);
        var warnings = WarningBody.Of(reading.Problems);
        return stored switch
        {
            Stored.As { IsNew: true } made => Results.Created(
                $"/api/v1/workflows/{spec.Ref}?number={made.Workflow.Number}",
                WorkflowBody.Of(made.Workflow) with { Warnings = warnings }),
            Stored.As known => Results.Ok(WorkflowBody.Of(known.Workflow) with { Warnings = warnings }),
            Stored.VersionTaken taken => throw ApiProblem.Conflict(
                "workflow.version-taken",
                $"Version {spec.Version} of {spec.Ref} is stored with another text (number {taken.By.Number}); "
                + "give the new text another version."),
            _ => throw new InvalidOperationException($"No answer for {stored}."),
        };
    }

    private static async Task<WorkflowPage> ListAsync(
        Stores stores, CancellationToken stop, string? after = null, int limit = 50)
    {
        var most = Paging.Limit(limit, MostAtOnce);
        var found = await stores.Library.ListAsync(after, most + 1, stop);
        return new WorkflowPage(
            [.. found.Take(most).Select(WorkflowBody.Of)], found.Count > most ? found[most - 1].Reference : null);
    }

    private static async Task<WorkflowBody> ShowAsync(
        string reference, Stores stores, CancellationToken stop, int? number = null)
    {
        var found = await FindAsync(stores, reference, number, stop);
        return WorkflowBody.Of(found) with { Definition = await stores.Catalog.SourceAsync(found.Hash, stop) };
    }

    private static async Task<IReadOnlyList<WorkflowBody>> VersionsAsync(
        string reference, Stores stores, CancellationToken stop, int? before = null, int limit = 50)
    {
        var found = await stores.Library.VersionsAsync(reference, before, Paging.Limit(limit, MostAtOnce), stop);
        return found.Count == 0 && before is null
            ? throw Unknown(reference)
            : [.. found.Select(WorkflowBody.Of)];
    }

    /// <exception cref="ApiProblem">There is none.</exception>
    public static async Task<StoredWorkflow> FindAsync(
        Stores stores, string reference, int? number, CancellationToken stop) =>
        await stores.Library.FindAsync(reference, number, stop) ?? throw (number is null
            ? Unknown(reference)
            : ApiProblem.NotFound("workflow.unknown", $"There is no number {number} of a workflow '{reference}'."));

    private static ApiProblem Unknown(string reference) =>
        ApiProblem.NotFound("workflow.unknown", $"No workflow is stored under the name '{reference}'.");

    private static async Task<string> ReadTextAsync(HttpRequest request, CancellationToken stop)
    {
        using var bytes = new MemoryStream();
        await request.Body.CopyToAsync(bytes, stop);
        try
        {
            return Strict.GetString(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        }
        catch (DecoderFallbackException)
        {
            throw new ApiProblem(422, "yaml.encoding", "This is not UTF-8; save the file as UTF-8.");
        }
    }
}
