using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Storage.Writing;

namespace Executor.Storage;

/// <summary>The letter box of a data directory: whoever does not hold it leaves answers here, and its holder takes them.</summary>
/// <remarks>
/// An answer stays until a run has said something to it, so none is lost with a process. Only the run decides; what is
/// told to it twice is refused as closed.
/// </remarks>
public sealed class AnswerOffers
{
    private const string Offer =
        """
        INSERT INTO offer (run, task, visit, item, attempt, response, responded_by, at)
        VALUES (@run, @task, @visit, @item, @attempt, @response, @by, @at)
        RETURNING number
        """;

    private const string Decided =
        "UPDATE offer SET code = @code, message = @message WHERE number = @number AND code IS NULL";

    private const string Undecided =
        """
        SELECT number, run, task, visit, item, attempt, response, responded_by AS respondedBy, at
        FROM offer WHERE code IS NULL AND number > @after ORDER BY number LIMIT @limit
        """;

    private const string Verdict = "SELECT code, message FROM offer WHERE number = @number AND code IS NOT NULL";

    private readonly SqliteWriter _writer;
    private readonly Database _database;

    internal AnswerOffers(SqliteWriter writer, Database database)
    {
        _writer = writer;
        _database = database;
    }

    /// <returns>The number that it is known by.</returns>
    public Task<long> OfferAsync(OfferedAnswer answer, CancellationToken stop) => _writer.RunAsync(
        session => session.Prepare(Offer)
            .Set("@run", answer.Run.Text)
            .Set("@task", answer.Slot.Task)
            .Set("@visit", answer.Slot.Visit)
            .Set("@item", answer.Slot.Item)
            .Set("@attempt", answer.Slot.Attempt)
            .Set("@response", ValueJson.Write(answer.Response))
            .Set("@by", answer.RespondedBy)
            .Set("@at", Micros.Of(answer.At))
            .One(row => row.GetInt64(0)),
        stop);

    /// <summary>In the order in which they came.</summary>
    /// <param name="after">The last of the page before; 0 for the first page.</param>
    public async Task<IReadOnlyList<OfferedAnswer>> UndecidedAsync(long after, int limit, CancellationToken stop)
    {
        var lines = await _database.QueryAsync<Line>(Undecided, new { after, limit }, stop);
        return
        [
            .. lines.Select(line => new OfferedAnswer(
                line.Number, new RunId(line.Run), new Slot(line.Task, line.Visit, line.Item, line.Attempt),
                ValueJson.Parse(line.Response), line.RespondedBy, Micros.ToTime(line.At))),
        ];
    }

    /// <summary>The first verdict stays.</summary>
    public Task DecideAsync(long number, OfferVerdict verdict, CancellationToken stop) => _writer.RunAsync(
        session => session.Prepare(Decided)
            .Set("@number", number)
            .Set("@code", verdict.Code)
            .Set("@message", verdict.Message)
            .Execute(),
        stop);

    /// <returns>Null while the run has said nothing to it.</returns>
    public async Task<OfferVerdict?> VerdictAsync(long number, CancellationToken stop) =>
        (await _database.QueryAsync<VerdictLine>(Verdict, new { number }, stop)).SingleOrDefault() is { } line
            ? new OfferVerdict(line.Code, line.Message)
            : null;

    private sealed class Line
    {
        public long Number { get; init; }

        public required string Run { get; init; }

        public required string Task { get; init; }

        public int Visit { get; init; }

        public int Item { get; init; }

        public int Attempt { get; init; }

        public required string Response { get; init; }

        public string? RespondedBy { get; init; }

        public long At { get; init; }
    }

    private sealed class VerdictLine
    {
        public required string Code { get; init; }

        public string? Message { get; init; }
    }
}
