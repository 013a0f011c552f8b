using Executor.Core;
using Executor.Core.Runs;
using Executor.Storage.Rows;

namespace Executor.Storage.Reading;

/// <summary>Questions, found and paged by index.</summary>
internal sealed class InquiryReads(IQueries queries)
{
    private const string One = $"SELECT {InquiryLine.Columns} FROM inquiry WHERE id = @id";

    public async Task<IReadOnlyList<InquiryRow>> ListAsync(InquiryQuery query, CancellationToken stop)
    {
        var values = new { query.Limit, Before = query.Before?.Text, Run = query.Run?.Text };
        var lines = await queries.QueryAsync<InquiryLine>(NewestOf(query), values, stop);
        return [.. lines.Select(line => line.ToRow())];
    }

    public async Task<InquiryRow?> FindAsync(DispatchId id, CancellationToken stop) =>
        (await queries.QueryAsync<InquiryLine>(One, new { id = id.Text }, stop)).SingleOrDefault()?.ToRow();

    /// <summary>Put together from whole conditions: a condition that is not asked for would keep an index from being used.</summary>
    internal static string NewestOf(InquiryQuery query)
    {
        var conditions = new List<string>();
        if (query.Before is not null)
        {
            conditions.Add("(opened_at, id) < (SELECT opened_at, id FROM inquiry WHERE id = @Before)");
        }

        if (query.OnlyOpen)
        {
            conditions.Add("closed = 0");
        }

        if (query.Run is not null)
        {
            conditions.Add("run = @Run");
        }

        var where = conditions.Count == 0 ? "" : $"WHERE {string.Join(" AND ", conditions)}";
        return $"SELECT {InquiryLine.Columns} FROM inquiry {where} ORDER BY opened_at DESC, id DESC LIMIT @Limit";
    }
}
