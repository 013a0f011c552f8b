using System.Collections.Immutable;
using Executor.Core.Expressions;
using Executor.Core.Tests.Language;
using Executor.Core.Tests.Simulation.Programs;
using Executor.Core.Workflows;
using Executor.Core.Workflows.Yaml;

namespace Executor.Core.Tests.Simulation;

/// <summary>What no generated workflow says is a promise that is never tried.</summary>
public sealed class KeyCoverageTests
{
    private const int Programs = 3_000;

    /// <summary>Of so many programs a campaign of a minute sees at least one.</summary>
    private const int Fewest = 10;

    [Fact]
    public void Every_key_of_the_language_is_made_up()
    {
        var seen = Count(seed => KeysOf(Generator.Text(seed).Yaml));
        var asked = QuestionAction.Spec.Inputs!.Parameters.Select(input => $"Ask {input.Name}");

        AssertOften(KeyTables.Keys.Concat(asked), seen);
    }

    [Fact]
    public void Every_way_to_say_it_is_made_up()
    {
        var seen = Count(seed => WaysOf(Generator.Make(seed).Workflow));
        var words = Enum.GetNames<Backoff>().Concat(Enum.GetNames<CancellationPolicy>());

        AssertOften(
            [
                .. words, "join of all", "join of some", "template of action", "template of pool", "template of delay",
                "template of timeout", "template of concurrency", "template of items", "template of input", "named item",
                "else", "whole result published", "noop", "continue", "fail", "retry",
            ],
            seen);
    }

    private static Dictionary<string, int> Count(Func<ulong, IEnumerable<string>> told) => Enumerable.Range(1, Programs)
        .SelectMany(seed => told((ulong)seed).Distinct())
        .CountBy(one => one)
        .ToDictionary();

    private static void AssertOften(IEnumerable<string> wanted, Dictionary<string, int> seen) =>
        Assert.All(wanted, one => Assert.True(
            seen.GetValueOrDefault(one) >= Fewest, $"{one} stands in {seen.GetValueOrDefault(one)} of {Programs} programs"));

    private static IEnumerable<string> KeysOf(string yaml)
    {
        var root = Assert.IsType<YamlNode.Mapping>(YamlText.Read(yaml).Root);
        return Keys("Workflow", root)
            .Concat(Of(root, "parameters").SelectMany(Parameters))
            .Concat(Of(root, "tasks").SelectMany(Task));
    }

    private static IEnumerable<string> Task(YamlNode task) => Keys("Task", task)
        .Concat(Of(task, "tasks").SelectMany(Task))
        .Concat(Of(task, "with").SelectMany(with => Keys("With", with)))
        .Concat(Of(task, "retry").SelectMany(retry => Keys("Retry", retry)))
        .Concat(Of(task, "next").SelectMany(transition => Keys("Transition", transition)))
        .Concat(Of(task, "decision").SelectMany(choice => Keys("Decision", choice)))
        .Concat(Of(task, "input").Where(input => Of(input, "prompt").Any()).SelectMany(Question));

    private static IEnumerable<string> Question(YamlNode input) =>
        Keys("Ask", input).Concat(Of(input, "response_schema").SelectMany(Parameters));

    private static IEnumerable<string> Parameters(YamlNode schema) => Of(schema, "type").Any(type => type is YamlNode.Scalar)
        ? Keys("RootSchema", schema).Concat(Of(schema, "properties").SelectMany(Members))
        : Members(schema);

    private static IEnumerable<string> Members(YamlNode schemas) =>
        Entries(schemas).SelectMany(entry => Schema(entry.Value));

    private static IEnumerable<string> Schema(YamlNode schema) => Keys("Schema", schema)
        .Concat(Of(schema, "items").SelectMany(Schema))
        .Concat(Of(schema, "properties").SelectMany(Members));

    private static IEnumerable<string> Keys(string table, YamlNode node) => Entries(node).Select(entry => $"{table} {entry.Key}");

    /// <returns>The value of a key; of a list its elements; nothing where the key is not.</returns>
    private static IEnumerable<YamlNode> Of(YamlNode node, string key) => Entries(node).Where(entry => entry.Key == key)
        .SelectMany(entry => entry.Value is YamlNode.Sequence list ? [.. list.Items] : new[] { entry.Value });

    private static ImmutableArray<YamlEntry> Entries(YamlNode node) => node is YamlNode.Mapping map ? map.Entries : [];

    private static IEnumerable<string> WaysOf(WorkflowSpec workflow) =>
        workflow.Tasks.SelectMany(WaysOf).Append($"{workflow.CancellationPolicy}");

    private static IEnumerable<string> WaysOf(TaskSpec task)
    {
        var templates = new (string What, Template? Template)[]
        {
            ("action", task.Action), ("pool", task.Pool), ("delay", task.Delay), ("timeout", task.Timeout),
            ("concurrency", task.WithItems?.Concurrency), ("items", task.WithItems?.Items), ("input", task.Input),
        };
        var publications = task.Next.SelectMany(next => next.Publish);
        return templates.Where(one => one.Template is { Literal: null }).Select(one => $"template of {one.What}")
            .Concat(task.Retry is { } retry ? [$"{retry.Backoff}"] : [])
            .Concat(task.Join is { } join ? [join.Count is null ? "join of all" : "join of some"] : [])
            .Concat(task.WithItems?.Alias is null ? [] : ["named item"])
            .Concat(publications.Where(one => one.Template is null).Select(_ => "whole result published"))
            .Concat(task.Next.Where(next => next.IsElse).Select(_ => "else"))
            .Concat(task.Next.SelectMany(next => next.Do));
    }
}
