using Executor.Core.Expressions;
using Executor.Core.Values;

namespace Executor.Core.Tests.Reference;

/// <summary>What an expression sees: copies, taken when the scope is made.</summary>
internal sealed class ReferenceScope : Scope
{
    private readonly Dictionary<string, Value.Map> _roots;
    private readonly Dictionary<string, Value> _item = [];

    public ReferenceScope(Course course, Visit? visit, Outcome? outcome)
    {
        Now = course.Now;
        Outcome = outcome;
        _roots = new Dictionary<string, Value.Map>
        {
            ["parameters"] = course.Inputs,
            ["workflow"] = course.Variables,
            ["task"] = course.Results,
            ["system"] = Value.Map.From(System(course, visit)),
        };
    }

    public override DateTimeOffset Now { get; }

    public override Outcome? Outcome { get; }

    public ReferenceScope WithItem(Value item, int index, string? alias)
    {
        _item["item"] = item;
        _item["index"] = Value.Of((long)index);
        if (alias is not null)
        {
            _item[alias] = item;
        }

        return this;
    }

    public override Value? Find(string name) =>
        _roots.GetValueOrDefault(name) ?? _item.GetValueOrDefault(name) ?? FindMember("workflow", name);

    public override Value? FindMember(string root, string member) =>
        _roots.GetValueOrDefault(root) is { } map && map.TryGet(member, out var value) ? value : null;

    public override IEnumerable<string> Names(string? root) => [];

    public override string NextUuid() => throw new NotSupportedException("Ids are not compared.");

    private static IEnumerable<KeyValuePair<string, Value>> System(Course course, Visit? visit)
    {
        yield return KeyValuePair.Create("run_id", Value.Of(course.Run.Text));
        yield return KeyValuePair.Create("workflow", Value.Of(course.Workflow.Ref));
        yield return KeyValuePair.Create("started_at", Value.Of(IsoTime.Write(course.StartedAt)));
        if (visit is not null)
        {
            yield return KeyValuePair.Create("task", Value.Of(visit.Task.Name));
            yield return KeyValuePair.Create("visit", Value.Of((long)visit.Number));
        }
    }
}
