using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Core.Tests.Rehearsing;

public sealed class RehearsalTests
{
    private const string Chain = """
        vars: [{seen: 0}]
        tasks:
          - name: a
            action: core.echo
            input: {x: 1}
            next: [{when: "{{ succeeded() }}", publish: [{seen: "{{ result().x }}"}], do: b}]
          - name: b
            action: any.name
            input: {y: "{{ workflow.seen + 1 }}"}
        output_map: {seen: "{{ workflow.seen }}"}
        """;

    private const string Three = """
        tasks:
          - name: a
            action: core.noop
            with_items: [x, y, z]
            concurrency: 3
            next: [{do: b}]
          - name: b
            action: core.noop
        """;

    [Fact]
    public void Dispatches_say_what_went_out_and_after_how_many_ends()
    {
        var report = Rehearsed.Of(Chain, "script: {tasks: {a: [{status: succeeded, result: {x: 41}}]}}");

        Assert.Equal(RunStatus.Completed, report.Status);
        Assert.Equal(ValueJson.Parse("""{"seen": 41}"""), report.Output);
        Assert.Equal(ValueJson.Parse("""{"seen": 41}"""), report.Variables);
        Assert.Equal(
            ["0 a/1/1 core.echo {\"x\":1} after 0", "1 b/1/1 any.name {\"y\":42} after 1"],
            report.Dispatches.Select(sent => $"{sent.Number} {sent.Slot} {sent.Action} {sent.Input} after {sent.After}"));
        Assert.Equal(["a/1 Completed", "b/1 Completed"], Rehearsed.Visits(report));
    }

    [Fact]
    public void The_last_scripted_visit_repeats()
    {
        const string Loop = """
            vars: [{n: 0}]
            tasks:
              - name: start
                action: core.noop
                next: [{do: poll}]
              - name: poll
                action: core.noop
                next:
                  - {publish: [{n: "{{ workflow.n + 1 }}"}]}
                  - {when: "{{ failed() and workflow.n < 4 }}", do: poll}
            """;

        var report = Rehearsed.Of(Loop, "script: {tasks: {poll: [{status: succeeded}]}}");
        Assert.Equal(["start/1 Completed", "poll/1 Completed"], Rehearsed.Visits(report));

        report = Rehearsed.Of(Loop, "script: {tasks: {poll: [{status: failed}, {status: timeout}]}}");
        Assert.Equal(RunStatus.Failed, report.Status);
        Assert.Equal(["start/1 Completed", "poll/1 Failed", "poll/2 Timeout"], Rehearsed.Visits(report));

        report = Rehearsed.Of(Loop, "script: {default: {status: completed}, tasks: {poll: [{status: failed}]}}");
        Assert.Equal(4, report.Tasks.Count(visit => visit is { Task: "poll", Status: SlotStatus.Failed }));
    }

    [Fact]
    public void Items_end_as_listed_and_further_ones_as_the_default()
    {
        var report = Rehearsed.Of(
            Three,
            "script: {default: {status: succeeded, result: d}, tasks: {a: [{items: [{status: failed}, {result: 2}]}]}}");

        Assert.Equal(["a/1 Failed", "b/1 Completed"], Rehearsed.Visits(report));
        Assert.Equal(RunStatus.Completed, report.Status);
    }

    [Fact]
    public void Attempts_end_as_listed_then_as_the_visit_says()
    {
        const string Retried = """
            tasks:
              - name: a
                action: core.noop
                retry: {count: 3, delay: 2, backoff: exponential}
            output_map: {r: "{{ task.a }}"}
            """;

        var report = Rehearsed.Of(
            Retried, "script: {tasks: {a: [{result: 7, attempts: [{status: failed}, {status: abandoned}]}]}}");

        Assert.Equal(RunStatus.Completed, report.Status);
        Assert.Equal(ValueJson.Parse("""{"r": 7}"""), report.Output);
        Assert.Equal([0d, 2d, 4d], report.Dispatches.Select(dispatch => dispatch.Delay.TotalSeconds));

        report = Rehearsed.Of(Retried, "script: {tasks: {a: [{attempts: [{status: succeeded}, {status: failed}]}]}}");
        Assert.Single(report.Dispatches);

        report = Rehearsed.Of(Retried, "script: {tasks: {a: [{attempts: [{status: failed}]}]}}");
        Assert.Equal(4, report.Dispatches.Length);
        Assert.Equal(RunStatus.Failed, report.Status);
    }

    [Fact]
    public void A_delay_is_told_with_the_dispatches_that_waited_for_it()
    {
        var report = Rehearsed.Of("""
            max_parallel: 2
            tasks:
              - name: a
                action: core.noop
                delay: 1h
                with_items: [x, y, z, v]
                concurrency: 3
              - name: b
                action: core.noop
            """);

        Assert.Equal(
            [("b", 0d), ("a", 3600d), ("a", 3600d), ("a", 3600d), ("a", 0d)],
            report.Dispatches.Select(dispatch => (dispatch.Slot.Task, dispatch.Delay.TotalSeconds)));
        Assert.Equal([0, 1, 1, 2, 3], report.Dispatches.Select(dispatch => dispatch.After));
    }

    [Fact]
    public void Time_passes_only_when_nothing_is_in_flight()
    {
        var report = Rehearsed.Of("""
            timeout: 10
            tasks:
              - name: a
                action: core.noop
                delay: 5
                next: [{do: b}]
              - name: b
                action: core.noop
                delay: 60
            """);

        Assert.Equal(RunStatus.Timeout, report.Status);
        Assert.Equal(["a/1/1"], Rehearsed.Order(report));
    }

    [Fact]
    public void An_entry_without_error_leaves_error_null()
    {
        const string Handled = """
            tasks:
              - name: a
                action: core.noop
                next: [{when: "{{ failed() }}", publish: [{e: "{{ error() }}"}], do: noop}]
            output_map: {e: "{{ workflow.e }}"}
            """;

        Assert.Equal(
            ValueJson.Parse("""{"e": null}"""),
            Rehearsed.Of(Handled, "script: {tasks: {a: [{status: failed}]}}").Output);
        Assert.Equal(
            ValueJson.Parse("""{"e": "boom"}"""),
            Rehearsed.Of(Handled, "script: {tasks: {a: [{status: failed, error: boom}]}}").Output);
    }

    [Theory]
    [InlineData("status: failed, error: boom", """{"succeeded":false,"error":"boom"}""")]
    [InlineData("status: failed", """{"succeeded":false,"error":null}""")]
    [InlineData("status: abandoned", """{"succeeded":false,"error":null}""")]
    [InlineData("status: timeout, error: late", """{"succeeded":false,"timed_out":true,"error":"late"}""")]
    [InlineData("status: cancelled", """{"succeeded":false,"cancelled":true,"error":null}""")]
    [InlineData("status: failed, result: null", "null")]
    [InlineData("status: failed, result: {code: 503}", """{"code":503}""")]
    [InlineData("status: succeeded", "null")]
    public void An_end_without_result_has_that_of_a_real_one(string outcome, string result)
    {
        var report = Rehearsed.Of(
            """
            tasks: [{name: a, action: core.noop, next: [{publish: [{r: "{{ result() }}"}], do: noop}]}]
            """,
            $"script: {{tasks: {{a: [{{{outcome}}}]}}}}");

        Assert.Equal($$"""{"r":{{result}}}""", report.Variables.ToString());
    }

    [Fact]
    public void Inputs_that_the_schema_refuses_refuse_the_rehearsal()
    {
        const string Strict = """
            parameters: {n: {type: integer, required: true}, m: {type: string}}
            tasks: [{name: a, action: core.noop}]
            """;

        var refusal = Rehearsed.Refused(Strict, "inputs: {m: 5}");

        Assert.Equal(["input.missing", "input.type"], refusal.Problems.Select(problem => problem.Code).Order());
    }
}
