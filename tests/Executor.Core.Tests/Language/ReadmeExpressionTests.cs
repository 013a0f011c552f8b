using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Executor.Core.Expressions;
using Executor.Core.Runs;
using Executor.Core.Tests.Expressions;
using Executor.Core.Values;

namespace Executor.Core.Tests.Language;

/// <summary>The README's chapter about expressions: all examples are true, and nothing that exists is left out.</summary>
public sealed class ReadmeExpressionTests
{
    private static readonly string Chapter = Readme.Chapter("### Expressions");
    private static readonly Regex Example = new("`([^`\n]+)` → (error )?`([^`\n]+)`");
    private static readonly Regex Block = new("```yaml\n(.*?)```", RegexOptions.Singleline);

    public static TheoryData<string, string, string> Examples
    {
        get
        {
            var found = new TheoryData<string, string, string>();
            foreach (var example in Example.Matches(Chapter).Cast<Match>())
            {
                found.Add(example.Groups[1].Value, example.Groups[2].Value, example.Groups[3].Value);
            }

            return found;
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_is_true(string source, string error, string expected)
    {
        if (error.Length > 0)
        {
            Evaluating.Fails(expected, source, Seen());
        }
        else
        {
            Evaluating.Gives(expected, source, Seen());
        }
    }

    [Fact]
    public void Each_arrow_belongs_to_an_example() =>
        Assert.Equal(Chapter.Split('→').Length - 2, Example.Count(Chapter));

    [Fact]
    public void Every_function_has_its_place_and_an_example()
    {
        var examples = string.Join('\n', Example.Matches(Chapter).Select(example => example.Groups[1].Value));

        Assert.Equal([], Functions.Names.Where(name => !Regex.IsMatch(Chapter, $@"`{name}\([^`\n]*\)`")));
        Assert.Equal([], Functions.Names.Where(name => !Regex.IsMatch(examples, $@"(?<!\w){name}\(|\| {name}\b")));
    }

    [Fact]
    public void Every_name_and_every_limit_is_there()
    {
        var limits = typeof(ExpressionLimits).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => Convert.ToInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture));

        Assert.Equal([], Names.Reserved.Where(name => !Chapter.Contains($"`{name}", StringComparison.Ordinal)));
        Assert.Equal([], limits.Where(limit =>
            !Regex.IsMatch(Chapter, $@"(?<![\d,]){limit.ToString("N0", CultureInfo.InvariantCulture)}(?![\d,])")));
    }

    [Fact]
    public void Every_part_of_a_format_of_times_is_there()
    {
        var parts = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ%".Where(part =>
            Evaluating.CodeOf($"format_date('2026-01-31', '%F%{part}')") is null);

        Assert.Equal([], parts.Where(part => !Chapter.Contains($"`%{part}`", StringComparison.Ordinal)));
    }

    private static TestScope Seen()
    {
        var text = new TestScope().With("text", Value.Of(Block.Match(Chapter).Groups[1].Value));
        var told = (Value.Map)Evaluating.Evaluate("from_yaml(text)", text);
        var scope = new TestScope { Ended = Ended((Value.Map)Of(told, "ended")) }
            .With("item", Of(told, "item")).With("index", Of(told, "index"));
        foreach (var (variable, value) in (Value.Map)Of(told, "workflow"))
        {
            scope.With(variable, value);
        }

        foreach (var root in Names.Namespaces.Where(told.ContainsKey))
        {
            foreach (var (member, value) in (Value.Map)Of(told, root))
            {
                scope.WithMember(root, member, value.ToString());
            }
        }

        return scope;
    }

    private static Outcome Ended(Value.Map ended)
    {
        var states = SparseVector<ItemState>.Empty;
        var items = ((Value.List)Of(ended, "items")).Cast<Value.Map>().ToList();
        foreach (var (place, item) in items.Index())
        {
            states = states.With(place, new ItemState(
                IsOpen: false, Status(item), (int)((Value.Int)Of(item, "attempts")).Content, Losses: 0, Result(item), Text(item, "error"),
                Code: null));
        }

        var status = Status(ended);
        return new Outcome(
            status, Value.Of(items.Select(Result)), Text(ended, "error"), new ItemStates(states, items.Count, status));
    }

    private static SlotStatus Status(Value.Map map) => Enum.Parse<SlotStatus>(Text(map, "status")!, ignoreCase: true);

    private static Value Result(Value.Map item) => Of(item, "result");

    private static string? Text(Value.Map map, string key) => (Of(map, key) as Value.Text)?.Content;

    private static Value Of(Value.Map map, string key) => map.TryGet(key, out var value) ? value : Value.Null;
}
