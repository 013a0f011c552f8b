using System.Reflection;
using System.Text.Json;
using Executor.Core.Tests.House;
using Executor.Core.Tests.Language;
using Executor.Core.Workflows;
using Executor.Core.Workflows.Describing;
using Json.Schema;

namespace Executor.Core.Tests.Workflows;

/// <summary>The schema for editors beside the reader: the same keys, and never a mark where the reader has none.</summary>
public sealed class WorkflowSchemaTests
{
    private static readonly JsonSchema Schema = JsonSchema.FromText(WorkflowSchema.Write());

    /// <summary>Where the keys of each of the reader's tables stand in the schema.</summary>
    private static readonly Dictionary<string, string> Places = new()
    {
        ["Workflow"] = "",
        ["Task"] = "task",
        ["With"] = "with",
        ["Retry"] = "retry",
        ["Transition"] = "transition",
        ["Decision"] = "decision",
        ["Schema"] = "parameter",
        ["RootSchema"] = "parameters",
    };

    public static TheoryData<string> Files => new(
        Directory.GetFiles(Path.Combine(Repository.Root, "src", "Executor.Host", "samples"), "*.yaml")
            .Select(file => Path.GetFileName(file)!));

    public static TheoryData<string> Keys => new(KeySamples.All.Keys);

    [Fact]
    public void The_schema_has_the_keys_that_the_reader_knows_and_no_others()
    {
        using var schema = JsonDocument.Parse(WorkflowSchema.Write());
        var tables = typeof(WorkflowSpec).Assembly.GetType("Executor.Core.Workflows.Reading.KeyTable", throwOnError: true)!
            .GetFields(BindingFlags.Public | BindingFlags.Static);

        Assert.Equal(Places.Keys.Order(), tables.Select(table => table.Name).Order());
        Assert.All(tables, table =>
        {
            var part = Places[table.Name] is { Length: > 0 } name
                ? schema.RootElement.GetProperty("$defs").GetProperty(name)
                : schema.RootElement;
            Assert.Equal(
                Known(table).Order(), part.GetProperty("properties").EnumerateObject().Select(key => key.Name).Order());
            Assert.False(part.GetProperty("additionalProperties").GetBoolean());
            Assert.All(
                part.GetProperty("properties").EnumerateObject(),
                key => Assert.NotEmpty(key.Value.GetProperty("description").GetString()!));
        });
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_sample_is_valid(string file) =>
        Assert.Empty(Wrong(File.ReadAllText(Path.Combine(Repository.Root, "src", "Executor.Host", "samples", file))));

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_key_is_valid_as_the_reader_takes_it_and_misspelled_it_is_not(string sample)
    {
        var text = KeySamples.All[sample].Split("\n---\n")[0];
        var key = sample.Split(' ')[1];
        var line = Assert.Single(text.Split('\n'), line => line.EndsWith("#-", StringComparison.Ordinal));
        var misspelled = text.Replace(
            line, line.Replace(key + ":", key + "x:", StringComparison.Ordinal), StringComparison.Ordinal);

        if (WorkflowYaml.Read(text, "sample").Problems.IsEmpty)
        {
            Assert.Empty(Wrong(text));
        }

        Assert.Contains(WorkflowYaml.Read(misspelled, "sample").Problems, problem => problem.Code.StartsWith("spec", StringComparison.Ordinal));
        Assert.NotEmpty(Wrong(misspelled));
    }

    [Theory]
    [InlineData("ref: 1.10\n" + Texts.OneTask)]
    [InlineData("timeout: 0.5\ntasks: {a: {action: x.y, timeout: 10ms}, b: {action: x.y, timeout: '{{ 0 }}', delay: 0s}}")]
    [InlineData("label: 5\nversion: 1.10\ntags: [a, 5]\n" + Texts.OneTask)]
    [InlineData("parameters: {a: {type: [string, 'null']}, b: , c: {properties: {d: }, required: [d]}}\n" + Texts.OneTask)]
    [InlineData("parameters: {type: object, properties: {a: {}}, required: [a], additionalProperties: true}\n" + Texts.OneTask)]
    [InlineData("parameters: {type: {type: string}}\n" + Texts.OneTask)]
    [InlineData("vars: [{a: 1}, {b: '{{ a }}'}]\ntimeout: 1h30m\noutput:\n" + Texts.OneTask)]
    [InlineData("tasks: {a: {action: x.y, input: }, b: {action: x.y, input: '{{ task.a }}'}}")]
    [InlineData("tasks: {a: {action: x.y, delay: '{{ 5 }}', timeout: 1.5, when: true, retry: {count: 1, delay: '90s', max_delay: 5}}}")]
    [InlineData("tasks: {a: {action: x.y, with_items: '{{ [1] }}', concurrency: '{{ 1 }}', next: }}")]
    [InlineData("tasks: {a: {action: x.y, with: [1, 2]}, b: {action: x.y, with: 'x in [1]'}, c: {action: x.y, with: {items: [1]}}}")]
    [InlineData("tasks: {a: {action: x.y, next: [{do: 'b, c'}, {do: [b, c], publish: x}, {publish: [x, {y: 1}]}, {publish: {x: 1, y: 2}, do: }]}, b: {action: x.y}, c: {action: x.y, join: 1}}")]
    [InlineData("tasks: {a: {action: x.y, on_success: b, on_failure: [b], on_timeout: 'b, noop', on_complete: , publish: x}, b: {action: x.y}}")]
    [InlineData("tasks: {a: {action: x.y, decision: [{when: true, next: b}, {default: true, next: [b, fail]}]}, b: {action: x.y}}")]
    [InlineData("tasks: {a: {action: x.y, with: {items: [1], batch_size: 2}}, b: {action: x.y, with_items: [1], batch_size: 2}}")]
    [InlineData("tasks: {a: {type: parallel, tasks: [{name: b, action: x.y}]}, c: {type: parallel, join: 1, tasks: {d: {action: x.y}}}, e: {action: x.y, next: [{do: c}]}}")]
    public void What_the_reader_takes_is_valid(string text)
    {
        Assert.Empty(WorkflowYaml.Read(text, "test").Problems);
        Assert.Empty(Wrong(text));
    }

    [Theory]
    [InlineData("label: x")]
    [InlineData("tasks: []")]
    [InlineData("tasks: {}")]
    [InlineData("tasks: [{action: x.y}]")]
    [InlineData("tasks: [{name: a}]")]
    [InlineData("tasks: [{name: a b, action: x.y}]")]
    [InlineData("tasks: [{name: a, action: x.y, join: some}]")]
    [InlineData("tasks: [{name: a, action: x.y, join: 0}]")]
    [InlineData("tasks: [{name: a, action: x.y, with_items: [1], concurrency: 0}]")]
    [InlineData("tasks: [{name: a, action: x.y, with_items: [1], concurrency: two}]")]
    [InlineData("tasks: [{name: a, action: x.y, with: {concurrency: 2}}]")]
    [InlineData("tasks: [{name: a, action: x.y, delay: soon}]")]
    [InlineData("tasks: [{name: a, action: x.y, delay: -1}]")]
    [InlineData("tasks: [{name: a, action: x.y, when: 5}]")]
    [InlineData("tasks: [{name: a, action: x.y, input: [1]}]")]
    [InlineData("tasks: [{name: a, action: x.y, input: text}]")]
    [InlineData("tasks: [{name: a, action: x.y, retry: {delay: 1}}]")]
    [InlineData("tasks: [{name: a, action: x.y, retry: {count: 101}}]")]
    [InlineData("tasks: [{name: a, action: x.y, retry: {count: 1, backoff: slow}}]")]
    [InlineData("tasks: [{name: a, action: x.y, retry: {count: 1, jitter: 2}}]")]
    [InlineData("tasks: [{name: a, action: x.y, next: {do: a}}]")]
    [InlineData("tasks: [{name: a, action: x.y, next: [{do: [1]}]}]")]
    [InlineData("tasks: [{name: a, action: x.y, next: [{publish: [{x: 1, y: 2}]}]}]")]
    [InlineData("tasks: [{name: a, action: x.y, idempotent: maybe}]")]
    [InlineData("cancellation_policy: now\n" + Texts.OneTask)]
    [InlineData("timeout: 0\n" + Texts.OneTask)]
    [InlineData("timeout: 0m0.0s\n" + Texts.OneTask)]
    [InlineData("tasks: [{name: a, action: x.y, timeout: 0}]")]
    [InlineData("tasks: [{name: a, action: x.y, timeout: '00'}]")]
    [InlineData("tasks: [{name: a, action: x.y, pool: ''}]")]
    [InlineData("max_parallel: 0\n" + Texts.OneTask)]
    [InlineData("timeout: '{{ 5 }}'\n" + Texts.OneTask)]
    [InlineData("vars: [{a: 1, b: 2}]\n" + Texts.OneTask)]
    [InlineData("ref: Pack.Name\n" + Texts.OneTask)]
    [InlineData("tags: x\n" + Texts.OneTask)]
    [InlineData("parameters: [a]\n" + Texts.OneTask)]
    [InlineData("parameters: {a: string}\n" + Texts.OneTask)]
    [InlineData("parameters: {a: {type: text}}\n" + Texts.OneTask)]
    [InlineData("parameters: {a: {enum: []}}\n" + Texts.OneTask)]
    [InlineData("parameters: {a: {min_length: -1}}\n" + Texts.OneTask)]
    [InlineData("parameters: {type: object, propertys: {a: {}}}\n" + Texts.OneTask)]
    [InlineData("tasks: [{name: a, action: x.y, on_success: 5}]")]
    [InlineData("tasks: [{name: a, action: x.y, with_items: [1], batch_size: '{{ 2 }}'}]")]
    [InlineData("tasks: [{name: a, action: x.y, decision: [{when: true}]}]")]
    [InlineData("tasks: [{name: a, action: x.y, decision: [{next: a, default: x}]}]")]
    public void What_is_marked_the_check_refuses_too(string text)
    {
        Assert.NotEmpty(Wrong(text));
        Assert.Null(WorkflowCheck.Run(text, "test").Spec);
    }

    /// <summary>Values of all kinds at every key; for some they are right.</summary>
    [Theory]
    [MemberData(nameof(Keys))]
    public void Whatever_value_is_marked_at_a_key_the_check_refuses_too(string sample)
    {
        string[] values =
        [
            "", "5", "0", "-1", "1.5", "1e3", "true", "'5'", "0s", "1h", "''", "x.y", "' '", "'{{ 1 }}'", "'{{ [1] }}'",
            "'x in [1]'", "[]", "[1]", "[a, true]", "[{a: 1}]", "[[1]]", "{}", "{a: 1}", "{a: {}}", "{a: }",
        ];
        var text = KeySamples.All[sample].Split("\n---\n")[0];
        var line = Assert.Single(text.Split('\n'), line => line.EndsWith("#-", StringComparison.Ordinal));
        var key = sample.Split(' ')[1] + ":";
        var before = line[..(line.IndexOf(key, StringComparison.Ordinal) + key.Length)];

        Assert.All(values, value =>
        {
            var other = text.Replace(line, $"{before} {value}", StringComparison.Ordinal);
            if (Wrong(other) is not [])
            {
                Assert.True(WorkflowCheck.Run(other, "test").Spec is null, other);
            }
        });
    }

    private static IEnumerable<string> Known(FieldInfo table) =>
        (IEnumerable<string>)table.FieldType.GetProperty("Known")!.GetValue(table.GetValue(null))!;

    /// <summary>Where the text is against the schema; empty when it is valid.</summary>
    private static string[] Wrong(string text)
    {
        using var json = JsonDocument.Parse(Texts.Yaml(text).ToValue().ToString());
        var found = Schema.Evaluate(json.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
        return found.IsValid
            ? []
            : [.. found.Details!.Where(one => one.Errors is not null)
                .Select(one => $"{one.InstanceLocation}: {string.Join(' ', one.Errors!.Values)}")];
    }
}
