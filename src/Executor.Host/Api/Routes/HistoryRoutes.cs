using System.Globalization;
using System.Text.Json;
using Executor.Actors;
using Executor.Actors.Journal;
using Executor.Core;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Host.Api.Access;
using Executor.Host.Api.Problems;
using Executor.Host.Api.Shapes;
using Executor.Host.Local;
using Executor.Host.Output;
using Executor.Host.Serving;

namespace Executor.Host.Api.Routes;

/// <summary>What a run has been through: its journal, and the attempts of its tasks.</summary>
internal static class HistoryRoutes
{
    private const int MostAtOnce = 1_000;

    /// <summary>Entries that one call looks through for those of a task.</summary>
    private const int MostRead = 10_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/runs/{id}/history", ShowAsync).Shows(Role.Viewer)
            .WithSummary(
                "Every journal entry of a run with its events, in order; with task, only the events of that task. With at, "
                + "the run as it stood after that entry instead, as the command line's history --at writes it.")
            .Produces<HistoryPage>();
        routes.MapGet("/runs/{id}/tasks/{task}/items", ItemsAsync).Shows(Role.Viewer)
            .WithSummary("The attempts of one task, in order of visit, item and attempt.");
        routes.MapGet("/runs/{id}/results/{result}", ShowResultAsync).Shows(Role.Viewer)
            .WithSummary("A result that is too large for the journal, as a whole; the journal shows its id in '$stored'.")
            .Produces<JsonElement>();
    }

    private static async Task<IResult> ShowAsync(
        string id, HttpContext context, ExecutorSystem engine, Stores stores, CancellationToken stop, long after = 0,
        int limit = 200, string? task = null, long? at = null)
    {
        var most = Paging.Limit(limit, MostAtOnce);
        var run = (await RunRoutes.FindAsync(id, engine, stop)).View.Id;
        if (task is not null)
        {
            await CheckTaskAsync(run, task, stores, stop);
        }

        if (at is not { } entry)
        {
            return Results.Ok(await PageAsync(run, after, most, task, stores, stop));
        }

        if (context.Request.Query.ContainsKey("after") || context.Request.Query.ContainsKey("limit"))
        {
            throw ApiProblem.BadRequest(
                "api.query", "'at' shows the run as it stood, and no entries; leave out 'after' and 'limit'.");
        }

        var entries = await RunEntries.ReadAsync(run, entry, stores, stop);
        var report = RunReport.AsOf(run, entries, entry)
            ?? throw ApiProblem.NotFound("history.none", $"Run '{run}' has no entry {entry}; they count from 1.");
        return Results.Text(ResultText.Json((report with { Task = task }).WriteJson), "application/json");
    }

    private static async Task<HistoryPage> PageAsync(
        RunId run, long after, int most, string? task, Stores stores, CancellationToken stop)
    {
        var filter = task is null ? null : new TaskEntries(task);
        var entries = new List<EntryBody>();
        var (read, last) = (0, after);
        await foreach (var row in stores.Journal.EntriesAsync(JournalCodec.IdOf(run), after, stop))
        {
            if (entries.Count == most || read == MostRead)
            {
                return new HistoryPage(entries, last);
            }

            (read, last) = (read + 1, row.Sequence);
            if ((filter is null ? row : filter.Of(row)) is { } wanted)
            {
                entries.Add(EntryOf(wanted));
            }
        }

        return new HistoryPage(entries, null);
    }

    private static async Task<ItemPage> ItemsAsync(
        string id, string task, ExecutorSystem engine, Stores stores, CancellationToken stop, string? after = null,
        int limit = 200)
    {
        var most = Paging.Limit(limit, MostAtOnce);
        var run = (await RunRoutes.FindAsync(id, engine, stop)).View.Id;
        await CheckTaskAsync(run, task, stores, stop);
        var last = after is null ? (Slot?)null : ParseSlot(task, after);
        var rows = await stores.Executions.AttemptsAsync(run, task, last, most + 1, stop);
        return new ItemPage(
            [.. rows.Take(most).Select(ItemBody.Of)], rows.Count > most ? Cursor(rows[most - 1].Slot) : null);
    }

    /// <exception cref="ApiProblem">There is none.</exception>
    public static async Task<Value> ResultAsync(string id, Stores stores, CancellationToken stop) =>
        LargeResult.Read(id, await JsonOfAsync(id, stores, stop));

    private static async Task<IResult> ShowResultAsync(
        string id, string result, ExecutorSystem engine, Stores stores, CancellationToken stop)
    {
        await RunRoutes.FindAsync(id, engine, stop);
        return Results.Bytes(await JsonOfAsync(result, stores, stop), "application/json");
    }

    private static async Task<ReadOnlyMemory<byte>> JsonOfAsync(string id, Stores stores, CancellationToken stop) =>
        StoredResult.IsId(id) && (await stores.Results.FetchAsync([id], stop))[0] is { } json
            ? json
            : throw ApiProblem.NotFound("result.unknown", $"There is no stored result '{id}'.");

    /// <exception cref="ApiProblem">The run's workflow has no such task.</exception>
    private static async Task CheckTaskAsync(RunId run, string task, Stores stores, CancellationToken stop)
    {
        var begun = await RunEntries.BegunAsync(run, stores, stop);
        if (TaskNames.MistakeOf(begun, task) is { } mistake)
        {
            throw ApiProblem.NotFound("task.none", mistake);
        }
    }

    private static EntryBody EntryOf(JournalRow row)
    {
        using var entry = JsonDocument.Parse(row.Payload);
        var root = entry.RootElement;
        return new EntryBody(
            row.Sequence, root.GetProperty("at").GetDateTimeOffset(), root.GetProperty("node").GetString()!,
            root.GetProperty("incarnation").GetString()!, root.GetProperty("events").Clone());
    }

    private static string Cursor(Slot slot) =>
        string.Create(CultureInfo.InvariantCulture, $"{slot.Visit}.{slot.Item}.{slot.Attempt}");

    private static Slot ParseSlot(string task, string cursor)
    {
        var parts = cursor.Split('.');
        return parts.Length == 3 && int.TryParse(parts[0], CultureInfo.InvariantCulture, out var visit)
            && int.TryParse(parts[1], CultureInfo.InvariantCulture, out var item)
            && int.TryParse(parts[2], CultureInfo.InvariantCulture, out var attempt)
            ? new Slot(task, visit, item, attempt)
            : throw ApiProblem.BadRequest("api.cursor", $"after is '{cursor}'; take it from 'next' of the page before.");
    }
}
