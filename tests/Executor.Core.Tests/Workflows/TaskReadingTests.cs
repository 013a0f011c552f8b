using Executor.Core.Expressions;
using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.Workflows;

public sealed class TaskReadingTests
{
    [Fact]
    public void Every_key_of_a_task_is_read()
    {
        var task = Texts.Task(
            """
            input: {x: "{{ 1 + 1 }}", y: [true, null]}
            when: "{{ true }}"
            with_items: [1, 2]
            concurrency: 3
            batch_size: 2
            fail_fast: true
            delay: 1.5
            timeout: 90s
            retry: {count: 2, delay: 5m, backoff: linear, max_delay: 1h, jitter: 0.5, when: failed()}
            pool: "{{ parameters.pool }}"
            idempotent: true
            next: [{when: succeeded(), publish: [{x: 1}], do: b}]
            """);

        Assert.Equal("""["{{ 1 + 1 }}"]""", $"[\"{{{{ {Assert.Single(task.Input.Expressions).Source} }}}}\"]");
        Assert.Equal("true", task.When!.Source);
        Assert.Equal("[1,2]", task.WithItems!.Items.Literal!.ToString());
        Assert.Equal(Value.Of(3), task.WithItems.Concurrency.Literal);
        Assert.Equal(2, task.WithItems.BatchSize);
        Assert.True(task.WithItems.FailFast);
        Assert.Equal(Value.Of(1.5), task.Delay!.Literal);
        Assert.Equal(Value.Of("90s"), task.Timeout!.Literal);
        Assert.Equal("parameters.pool", Assert.Single(task.Pool!.Expressions).Source);
        Assert.True(task.Idempotent);
        var retry = task.Retry!;
        Assert.Equal((2, TimeSpan.FromMinutes(5), Backoff.Linear), (retry.Count, retry.Delay, retry.Backoff));
        Assert.Equal((TimeSpan.FromHours(1), 0.5, "failed()"), (retry.MaxDelay, retry.Jitter, retry.When!.Source));
        Assert.Equal(new Position(12, 5), retry.At);
        Assert.Equal("b", Assert.Single(Assert.Single(task.Next).Do));
    }

    [Fact]
    public void A_join_is_all_or_a_number()
    {
        var spec = Texts.Spec(
            "tasks: {a: {action: x.y, next: [{do: 'b, c'}]}, b: {action: x.y, join: all}, c: {action: x.y, join: 1}}");

        Assert.Null(spec.Tasks[1].Join!.Count);
        Assert.Equal(1, spec.Tasks[2].Join!.Count);
    }

    [Theory]
    [InlineData("with_items: \"{{ parameters.list }}\"", null, "parameters.list")]
    [InlineData("with: {items: \"{{ parameters.list }}\"}", null, "parameters.list")]
    [InlineData("with: {items: \"host in {{ parameters.list }}\"}", "host", "parameters.list")]
    [InlineData("with: \"host in {{ parameters.list }}\"", "host", "parameters.list")]
    [InlineData("with: host in parameters.list", "host", "parameters.list")]
    [InlineData("with: \"host in ['in', 1]\"", "host", "['in', 1]")]
    [InlineData("with: \"{{ range(3) }}\"", null, "range(3)")]
    public void Items_may_be_written_in_several_ways(string line, string? alias, string expression)
    {
        var items = Texts.Task(line).WithItems!;

        Assert.Equal(alias, items.Alias);
        Assert.Equal(expression, Assert.Single(items.Items.Expressions).Source);
        Assert.Equal(Value.Of(1), items.Concurrency.Literal);
        Assert.False(items.FailFast);
    }

    [Theory]
    [InlineData("with: {items: [1], concurrency: 4}")]
    [InlineData("with: {items: [1]}\nconcurrency: 4")]
    [InlineData("with_items: [1]\nconcurrency: 4")]
    public void Concurrency_may_stand_beside_the_items_or_with_them(string keys) =>
        Assert.Equal(Value.Of(4), Texts.Task(keys).WithItems!.Concurrency.Literal);

    [Theory]
    [InlineData("with: {items: [1], batch_size: 4}")]
    [InlineData("with: {items: [1]}\nbatch_size: 4")]
    [InlineData("with: x in [1]\nbatch_size: 4")]
    [InlineData("with_items: [1]\nbatch_size: 4")]
    public void Batches_may_stand_beside_the_items_or_with_them(string keys) =>
        Assert.Equal(4, Texts.Task(keys).WithItems!.BatchSize);

    [Fact]
    public void Concurrency_may_be_a_template() =>
        Assert.Equal("parameters.n", Assert.Single(
            Texts.Task("with_items: [1]\nconcurrency: '{{ parameters.n }}'").WithItems!.Concurrency.Expressions).Source);

    [Theory]
    [InlineData("when: true", "true")]
    [InlineData("when: false", "false")]
    [InlineData("when: succeeded()", "succeeded()")]
    [InlineData("when: \"{{ succeeded() }}\"", "succeeded()")]
    [InlineData("when: \"  {{ succeeded() }} \"", "succeeded()")]
    [InlineData("when: |\n  succeeded()\n  and true", "succeeded()\nand true")]
    public void A_condition_may_be_bare_or_in_braces_or_a_boolean(string line, string source) =>
        Assert.Equal(source, Texts.Task(line).When!.Source);

    [Fact]
    public void A_retry_needs_only_its_count()
    {
        var retry = Texts.Task("retry: {count: 3}").Retry!;

        Assert.Equal((TimeSpan.Zero, Backoff.Constant, null), (retry.Delay, retry.Backoff, retry.MaxDelay));
        Assert.Equal((0, null), (retry.Jitter, retry.When));
        Assert.Equal("failed()", Texts.Task("retry: {count: 3, on_error: failed()}").Retry!.When!.Source);
    }

    [Theory]
    [InlineData("when: ''", "when.empty 4:12")]
    [InlineData("when:", "when.empty 4:5")]
    [InlineData("when: 5", "spec.type 4:11")]
    [InlineData("when: [x]", "spec.type 4:11")]
    [InlineData("when: \"{{ true }} and {{ true }}\"", "when.mixed-text 4:12")]
    [InlineData("when: a = 1", "expr.syntax 4:13")]
    [InlineData("input: [1]", "spec.type 4:12")]
    [InlineData("input: text", "spec.type 4:12")]
    [InlineData("concurrency: 3", "items.missing 4:5")]
    [InlineData("fail_fast: true", "items.missing 4:5")]
    [InlineData("with_items: []\nconcurrency: 0", "spec.value 5:18")]
    [InlineData("with_items: []\nconcurrency: -1", "spec.value 5:18")]
    [InlineData("with_items: []\nconcurrency: x", "spec.type 5:18")]
    [InlineData("with_items: []\nfail_fast: maybe", "spec.type 5:16")]
    [InlineData("with_items: []\nwith: x in y", "spec.value 5:5")]
    [InlineData("with: {concurrency: 2}", "spec.missing 4:11")]
    [InlineData("batch_size: 2", "items.missing 4:5")]
    [InlineData("with_items: []\nbatch_size: 0", "spec.value 5:17")]
    [InlineData("with_items: []\nbatch_size: x", "spec.type 5:17")]
    [InlineData("with_items: []\nbatch_size: '{{ 2 }}'", "spec.type 5:17")]
    [InlineData("with: {items: [], batch_size: 2}\nbatch_size: 2", "spec.value 4:23")]
    [InlineData("with: {items: [], concurrency: 2}\nconcurrency: 2", "spec.value 4:23")]
    [InlineData("with: task in [1]", "vars.reserved 4:11")]
    [InlineData("with: x in [1", "expr.syntax 4:16")]
    [InlineData("join: some", "spec.type 4:11")]
    [InlineData("join: 0", "spec.value 4:11")]
    [InlineData("delay: -1", "spec.value 4:12")]
    [InlineData("delay: soon", "spec.value 4:12")]
    [InlineData("timeout: 0s", "spec.value 4:14")]
    [InlineData("timeout: {}", "spec.type 4:14")]
    [InlineData("retry: 3", "spec.type 4:12")]
    [InlineData("retry: {delay: 1}", "spec.missing 4:12")]
    [InlineData("retry: {count: 0}", "spec.value 4:20")]
    [InlineData("retry: {count: 101}", "spec.value 4:20")]
    [InlineData("retry: {count: 1, backoff: quadratic}", "spec.value 4:32")]
    [InlineData("retry: {count: 1, jitter: 2}", "spec.value 4:31")]
    [InlineData("retry: {count: 1, jitter: x}", "spec.type 4:31")]
    [InlineData("retry: {count: 1, delay: x}", "spec.value 4:30")]
    [InlineData("retry: {count: 1, when: x, on_error: y}", "spec.value 4:32")]
    [InlineData("retry: {count: 1, tries: 2}", "spec.unknown-key 4:23")]
    [InlineData("pool: 5", "spec.type 4:11")]
    [InlineData("idempotent: 1", "spec.type 4:17")]
    [Trait("lesson", "8.3")]
    public void A_wrong_value_is_refused_where_it_stands(string keys, string problem) =>
        Assert.Equal([problem], Texts.Problems(Texts.TaskText(keys)));

    [Theory]
    [InlineData("core.echo message=\"two words\" n=5", """{"message":"two words","n":5}""")]
    [InlineData("core.echo  a=true b=null c=1.5 d=text", """{"a":true,"b":null,"c":1.5,"d":"text"}""")]
    [InlineData("core.echo a=[1, {\"x\": 2}] b={\"y\": [3]}", """{"a":[1,{"x":2}],"b":{"y":[3]}}""")]
    [InlineData("core.echo a='5' b=\"5\" c=\"say \\\"hi\\\"\"", """{"a":"5","b":"5","c":"say \"hi\""}""")]
    [InlineData("core.echo a= b=x=y", """{"a":"","b":"x=y"}""")]
    [InlineData("core.echo", "{}")]
    [InlineData("core.echo message=it's b=2", """{"message":"it's","b":2}""")]
    [InlineData("core.echo note=5\" size=3", """{"note":"5\"","size":3}""")]
    [InlineData("core.echo a=x=\"1 2\" b=it's c=[\"it's\", 1]", """{"a":"x=\"1 2\"","b":"it's","c":["it's",1]}""")]
    [InlineData("core.echo a=f(1 2)] b=\"\\\" c\" d=x\\ e=1", """{"a":"f(1 2)]","b":"\" c","d":"x\\","e":1}""")]
    public void Inputs_behind_the_action_keep_their_JSON_types(string action, string input)
    {
        var task = Texts.Spec($"tasks:\n  a:\n    action: >-\n      {action}\n").Tasks[0];

        Assert.Equal("core.echo", ((Value.Text)task.Action.Literal!).Content);
        Assert.Equal(input, task.Input.Literal!.ToString());
    }

    [Fact]
    public void Inputs_behind_the_action_may_be_templates_and_stand_beside_others()
    {
        var spec = Texts.Spec(
            "tasks:\n  a:\n    action: '{{ parameters.act }} x={{ 1 + 1 }} y=\"n {{ [2, 3] }}\"'\n    input: {z: 3}\n");

        var task = spec.Tasks[0];
        Assert.Equal("parameters.act", Assert.Single(task.Action.Expressions).Source);
        Assert.Equal(["1 + 1", "[2, 3]"], task.Input.Expressions.Select(expression => expression.Source));
        Assert.Equal(new Position(3, 40), task.Input.Expressions.First().At);
    }

    [Theory]
    [InlineData("core.echo hello", "spec.value 1:32")]
    [InlineData("core.echo =x", "spec.value 1:32")]
    [InlineData("core.echo x={{ 1 + }}", "expr.syntax 1:40")]
    [InlineData("core.echo x=1 x=2", "spec.value 1:36")]
    [InlineData(" ", "spec.value 1:21")]
    public void What_stands_behind_the_action_must_be_inputs(string action, string problem) =>
        Assert.Equal([problem], Texts.Problems($"tasks: {{a: {{action: '{action}'}}}}"));

    [Theory]
    [InlineData("core.echo url=http://x/?a=[1 b=2", 33)]
    [InlineData("core.echo msg=smile:( b=2", 27)]
    [InlineData("core.echo message=\"unterminated x=1", 25)]
    [InlineData("core.echo message='unterminated", 25)]
    [InlineData("core.echo a=[it's] b=2", 22)]
    [InlineData("core.echo a=\"1 \\\" b=2", 19)]
    [InlineData("core.echo a=\"x\"b=\"y\"", 22)]
    [InlineData("core.echo a='x'b c=1", 22)]
    public void What_would_take_in_the_inputs_behind_it_is_refused_where_it_begins_and_read_on_where_it_is_stored(
        string action, int column)
    {
        var text = $"tasks:\n  a:\n    action: >-\n      {action}\n";

        Assert.Equal([$"spec.value 4:{column}"], Texts.Checked(text));
        Assert.NotNull(Texts.Spec(text));
    }

    [Fact]
    public void An_input_given_twice_is_refused() =>
        Assert.Equal(
            ["spec.value 1:40"], Texts.Problems("tasks: {a: {action: 'x.y n=1', input: {n: 2}}}"));

    [Fact]
    public void The_whole_input_may_come_from_one_template()
    {
        var task = Texts.Task("input: '{{ parameters.all }}'");

        Assert.Equal("parameters.all", Assert.Single(task.Input.Expressions).Source);
    }
}
