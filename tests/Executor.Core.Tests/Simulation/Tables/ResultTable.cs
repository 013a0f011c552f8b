using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Core.Tests.Simulation.Tables;

/// <summary>Results that the journal only refers to.</summary>
internal sealed class ResultTable
{
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _rows = new(StringComparer.Ordinal);

    public void Store(StoredResult stored, ReadOnlyMemory<byte> json) => _rows[stored.Id] = json;

    public bool Has(StoredResult stored) => _rows.ContainsKey(stored.Id);

    public Value Fetch(StoredResult stored) => LargeResult.Read(stored.Id, _rows[stored.Id]);

    /// <summary>As it would have been written without any reference.</summary>
    public RunEvent Whole(RunEvent happened) => happened switch
    {
        RunEvent.ItemFinished finished => finished with
        {
            Outcome = finished.Outcome with { Result = StoredValues.Whole(finished.Outcome.Result, Fetch) },
        },
        RunEvent.TransitionFired fired => fired with { Published = (Value.Map)StoredValues.Whole(fired.Published, Fetch) },
        RunEvent.VisitOpened { Plan: { Items: { } items } plan } opened => opened with
        {
            Plan = plan with { Items = (Value.List)StoredValues.Whole(items, Fetch) },
        },
        RunEvent.VisitKept kept => kept with
        {
            Items = [.. kept.Items.Select(item => item with { Result = StoredValues.Whole(item.Result, Fetch) })],
        },
        _ => happened,
    };

    /// <summary>What an event refers to.</summary>
    public static IEnumerable<StoredResult> In(RunEvent happened) => happened switch
    {
        RunEvent.ItemFinished finished => StoredValues.In(finished.Outcome.Result),
        RunEvent.TransitionFired fired => StoredValues.In(fired.Published),
        RunEvent.VisitOpened { Plan.Items: { } items } => StoredValues.In(items),
        RunEvent.VisitKept kept => kept.Items.SelectMany(item => StoredValues.In(item.Result)),
        RunEvent.Dispatched dispatched => StoredValues.In(dispatched.Input),
        RunEvent.RunEnded ended => StoredValues.In(ended.Output),
        _ => [],
    };
}
