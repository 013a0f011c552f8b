using Executor.Core.Expressions;
using Executor.Core.Values;

namespace Executor.Core.Tests.Expressions;

/// <summary>A scope of given values.</summary>
internal sealed class TestScope : Scope
{
    private readonly Dictionary<string, Value> _roots = [];
    private readonly Dictionary<(string Root, string Member), Value> _members = [];
    private readonly Dictionary<string, Value> _contents = new(StringComparer.Ordinal);
    private int _uuids;

    /// <summary>The scope of the first table of expected values.</summary>
    public static TestScope Basic => new TestScope()
        .With("n", "5")
        .With("s", "\"héllo\"")
        .With("a", "[1,2,3]")
        .With("o", """{"k":1,"x":{"y":[10,20]}}""")
        .With("e", "[]")
        .With("z", "null");

    public override DateTimeOffset Now { get; } = new(2026, 1, 31, 12, 34, 56, 789, TimeSpan.Zero);

    public override Outcome? Outcome => Ended;

    public Outcome? Ended { get; init; }

    public int Lookups { get; private set; }

    /// <param name="json">The value as JSON.</param>
    public TestScope With(string name, string json)
    {
        _roots[name] = ValueJson.Parse(json);
        return this;
    }

    public TestScope With(string name, Value value)
    {
        _roots[name] = value;
        return this;
    }

    public TestScope WithMember(string root, string member, string json)
    {
        _members[(root, member)] = ValueJson.Parse(json);
        return this;
    }

    public override Value? Find(string name)
    {
        Lookups++;
        if (_roots.GetValueOrDefault(name) is { } value)
        {
            return value;
        }

        var members = _members.Where(member => member.Key.Root == name).ToArray();
        return members.Length == 0
            ? null
            : Value.Map.From(members.Select(member => KeyValuePair.Create(member.Key.Member, member.Value)));
    }

    public override Value? FindMember(string root, string member)
    {
        Lookups++;
        return _members.GetValueOrDefault((root, member));
    }

    /// <summary>It is at hand from now on.</summary>
    public TestScope WithContent(StoredResult stored, Value content)
    {
        _contents[stored.Id] = content;
        return this;
    }

    public override Value? ContentOf(StoredResult stored) => _contents.GetValueOrDefault(stored.Id);

    public override IEnumerable<string> Names(string? root) => root is null
        ? _roots.Keys
        : _members.Keys.Where(member => member.Root == root).Select(member => member.Member);

    public override string NextUuid() => $"uuid-{++_uuids}";
}
