using System.Security.Cryptography;
using System.Text;
using Executor.Core.Expressions;
using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Core.Runs;

/// <summary>What an expression of a run sees: references into its state, nothing copied.</summary>
/// <param name="place">
/// Names the template within the run. Ids are made from it, so that rendering the same template again gives the same
/// ones, and no two templates share any.
/// </param>
internal sealed class RunScope(RunState run, FrozenScope seen, Outcome? outcome, string place) : Scope
{
    private int _uuids;

    public override DateTimeOffset Now => seen.At;

    public override Outcome? Outcome => outcome;

    /// <summary>Null outside of a visit.</summary>
    public (TaskSpec Task, int Number)? Visit { get; init; }

    /// <summary>Null outside of an item's input.</summary>
    public (Value Value, int Index, string? Alias)? Item { get; init; }

    /// <summary>Where no visit is: in <c>vars</c> and in the output.</summary>
    public static RunScope OfRun(RunState run, Value.Map variables, DateTimeOffset at, string place) =>
        new(run, new FrozenScope(variables, run.Results, null, at), null, place);

    public override Value? Find(string name) => name switch
    {
        "parameters" => run.Inputs,
        "workflow" or "vars" or "variables" => seen.Variables,
        "task" or "tasks" => Tasks(),
        "system" => SystemValues(),
        "item" when Item is { } item => item.Value,
        "index" when Item is { } item => Value.Of(item.Index),
        _ when Item is { } item && item.Alias == name => item.Value,
        _ => Member(seen.Variables, name),
    };

    public override Value? FindMember(string root, string member) => root switch
    {
        "task" or "tasks" => run.Graph!.Find(member) is { } task ? seen.Results[task.Order]?.Result : null,
        _ => Find(root) is Value.Map map ? Member(map, member) : null,
    };

    public override IEnumerable<string> Names(string? root) => root switch
    {
        null => ["parameters", "workflow", "task", "system", .. ItemNames(), .. seen.Variables.Select(one => one.Key)],
        "task" or "tasks" => EndedTasks().Select(task => task.Name),
        _ => Find(root) is Value.Map map ? map.Select(one => one.Key) : [],
    };

    public override Value? ContentOf(StoredResult stored) => run.AtHand.Find(stored);

    public override string NextUuid()
    {
        var text = $"{run.Id.Text}/{place}/{_uuids++}";
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash, bigEndian: true).ToString();
    }

    private static Value? Member(Value.Map map, string name) => map.TryGet(name, out var value) ? value : null;

    private string[] ItemNames() => Item switch
    {
        null => [],
        { Alias: { } alias } => ["item", "index", alias],
        _ => ["item", "index"],
    };

    private IEnumerable<TaskSpec> EndedTasks() => run.Graph!.Tasks.Where(task => seen.Results[task.Order] is not null);

    private Value.Map Tasks() =>
        new([.. EndedTasks().Select(task => KeyValuePair.Create(task.Name, seen.Results[task.Order]!.Result))]);

    private Value.Map SystemValues()
    {
        var started = Value.Of(IsoTime.Write(run.StartedAt));
        var values = new Value.Map(
        [
            KeyValuePair.Create("run_id", Value.Of(run.Id.Text)),
            KeyValuePair.Create("workflow", Value.Of(run.Workflow!.Ref)),
            KeyValuePair.Create("started_at", started),
            KeyValuePair.Create("workflow_start", started),
        ]);
        return Visit is { } visit
            ? values.With("task", Value.Of(visit.Task.Name)).With("visit", Value.Of(visit.Number))
            : values;
    }
}
