using Executor.Core.Runs;
using Executor.Core.Tests.House;
using Executor.Core.Values;

namespace Executor.Core.Tests.Runs.Reruns;

/// <summary>From named tasks: they and what came of them run again, the rest is kept.</summary>
[Trait("lesson", "5.9")]
public sealed class RerunFromTests
{
    private const string Publishing =
        """
        tasks:
          - name: a
            action: core.noop
            next: [{when: succeeded(), publish: [x: "{{ result().v }}"], do: b}]
          - name: b
            action: core.noop
            input: {seen: "{{ workflow.x }}"}
            next:
              - {when: succeeded(), publish: [y: "{{ result().v }}"], do: c}
              - {when: failed(), publish: [z: true], do: c}
          - name: c
            action: core.noop
            input: {a: "{{ task.a.v }}", b: "{{ task.b.v }}", z: "{{ workflow.z | default(none_yet) }}"}
        vars: [{none_yet: false}, {key: "{{ uuid() }}"}]
        output_map: {y: "{{ workflow.y }}", key: "{{ workflow.key }}"}
        """;

    [Fact]
    public void What_came_before_is_kept_with_its_results_and_what_it_published()
    {
        var origin = Scenario.Of(Publishing).Succeed("a", """{"v":1}""").Fail("b", "boom", """{"v":0}""").Fail("c");

        var again = origin.Again("b");

        Assert.Equal(["b"], again.Sent);
        Assert.Equal("""{"seen":1}""", again.Input("b").ToString());
        Assert.Equal(["a/1 completed", "b/1 running"], again.Visits);
        Assert.Equal("(none)", again.Variable("z"));
        again.Succeed("b", """{"v":2}""").Succeed("c");
        Assert.Equal("""{"a":1,"b":2,"z":false}""", again.Input("c").ToString());
        Assert.Equal(RunStatus.Completed, again.Status);
        Assert.Equal($$"""{"y":2,"key":{{origin.Variable("key")}}}""", again.Run.Output.ToString());
    }

    [Fact]
    public void Only_a_visit_of_which_something_stands_is_told_as_kept()
    {
        const string Three =
            """
            tasks:
              - {name: a, action: core.noop, next: [{do: [one, items]}]}
              - {name: one, action: core.noop}
              - {name: items, action: core.noop, with_items: [0, 1]}
            """;
        var origin = Scenario.Of(Three).Succeed("a").Succeed("items[0]").Cancel().End("one", SlotStatus.Cancelled).End("items[1]", SlotStatus.Cancelled);

        var again = origin.AgainItems();

        Assert.Equal(
            [true, false, true], new[] { "a", "one", "items" }.Select(task => again.Run.Visit(task, 1)!.IsKept));
    }

    [Fact]
    public void What_opens_anew_sees_the_visit_that_opened_it_and_not_a_later_one_of_its_task()
    {
        const string Pages =
            """
            tasks:
              - {name: start, action: core.noop, next: [{do: page}]}
              - name: page
                action: core.noop
                next: [{when: "{{ result().has }}", do: handle}, {when: "{{ result().more }}", do: page}]
              - {name: handle, action: core.noop, input: {page: "{{ result().n }}"}}
            """;
        var origin = Scenario.Of(Pages).Succeed("start").Succeed("page", """{"n":1,"has":true,"more":true}""")
            .Succeed("page/2", """{"n":2,"has":true,"more":true}""").Succeed("page/3", """{"has":false,"more":false}""")
            .Succeed("handle").Fail("handle/2");

        var again = origin.Again("handle");

        Assert.Equal(["handle/2"], again.Sent);
        Assert.Equal("""{"page":2}""", again.Input("handle/2").ToString());
    }

    [Fact]
    public void What_cannot_go_on_without_what_runs_again_is_refused_and_the_start_is_not_left_without_an_answer()
    {
        const string Both =
            """
            tasks:
              - {name: a, action: core.noop, next: [{publish: [x: 1], do: noop}]}
              - {name: c, action: core.noop, next: [{do: b}]}
              - {name: b, action: core.noop, with_items: [0, 1], concurrency: 1, input: {x: "{{ workflow.x }}", i: "{{ item }}"}}
            """;
        var origin = Scenario.Of(Both).Succeed("a").Succeed("c").Cancel().Succeed("b[0]");

        var again = origin.Again("a");

        Assert.Equal("rerun.would-fail", again.Refusal!.Code);
        Assert.Equal("What is left of 'b' cannot go on: 'workflow' has no 'x'. (line 4)", again.Refusal.Message);
        Assert.Empty(again.Events);
        Assert.Equal(["a", "c"], origin.Again("a", "c").Sent);
    }

    [Fact]
    public void The_origin_does_not_change_and_is_named()
    {
        var origin = Scenario.Of(Publishing).Succeed("a", """{"v":1}""").Fail("b", "boom", """{"v":0}""").Succeed("c");
        var (before, entries) = (Dump.Of(origin.Run), origin.Entries);

        var again = origin.Again("c");

        Assert.Equal((before, entries), (Dump.Of(origin.Run), origin.Entries));
        Assert.Equal(origin.Run.Id, again.Run.Origin);
        Assert.Equal(["c"], again.Sent);
    }

    [Fact]
    public void At_a_join_the_arrivals_of_what_is_kept_stay_and_the_others_come_anew()
    {
        var origin = Scenario.OfFlow("a -S-> j\nb -S-> j\nc -S-> j\nj: join: all\nj -*-> end");
        origin.Succeed("b").Succeed("a").Succeed("c").Fail("j").Succeed("end");

        var again = origin.Again("a");

        Assert.Equal(["a"], again.Out);
        Assert.Equal(["j"], RunView.Of(again.Run).WaitingJoins);
        again.Succeed("a");
        Assert.Equal(["j"], again.Out);
        again.Succeed("j").Succeed("end");
        Assert.Equal(["a", "j", "end"], again.Sent);
        Assert.Equal(RunStatus.Completed, again.Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_visit_that_both_led_to_runs_again_whichever_came_first(bool firstA)
    {
        var origin = Scenario.OfFlow("a -*-> m\nb -*-> m\nm -*-> end");
        origin.Succeed(firstA ? "a" : "b").Succeed(firstA ? "b" : "a").Succeed("m").Succeed("end");

        var again = origin.Again("b");

        Assert.Equal(["b", "m"], again.Out.Order());
        again.Succeed("b").Succeed("m").Succeed("end");
        Assert.Equal(["a/1 completed", "b/1 completed", "end/1 completed", "m/1 completed"], again.Visits.Order());
    }

    [Fact]
    public void A_task_that_was_visited_several_times_runs_again_from_its_last_visit()
    {
        var origin = Scenario.OfFlow("s -*-> a\na -*-> b\nb -[task.b.more]-> a\nb -[not task.b.more]-> end");
        origin.Succeed("s").Succeed("a").Succeed("b", """{"more":true}""").Succeed("a/2").Succeed("b/2", """{"more":false}""").Fail("end");

        var again = origin.Again("b");

        Assert.Equal(["b/2"], again.Out);
        again.Succeed("b/2", """{"more":true}""").Succeed("a/3").Succeed("b/3", """{"more":false}""").Succeed("end");
        Assert.Equal(["b/2", "a/3", "b/3", "end"], again.Sent);
        Assert.Equal(RunStatus.Completed, again.Status);
    }

    [Fact]
    public void A_failure_that_is_kept_fails_the_rerun_too()
    {
        var origin = Scenario.OfFlow("a -S-> c\nb -S-> d").Fail("a", "first").Fail("b", "second");

        var one = origin.Again("a").Succeed("a").Succeed("c");
        var both = origin.Again("a", "b").Succeed("a").Succeed("b").Succeed("c").Succeed("d");

        Assert.Equal((RunStatus.Failed, "task.failed"), (one.Status, Assert.Single(one.Problems)));
        Assert.Contains("second", one.Run.Problems[0].Message, StringComparison.Ordinal);
        Assert.Equal((RunStatus.Completed, 0), (both.Status, both.Problems.Length));
    }

    [Fact]
    public void Of_a_parallel_task_only_what_is_named_runs_again()
    {
        const string Yaml =
            """
            tasks:
              - name: p
                type: parallel
                tasks:
                  - {name: x, action: core.noop}
                  - {name: y, action: core.noop}
                  - {name: z, action: core.noop}
                next: [{do: end}]
              - {name: end, action: core.noop, input: {p: "{{ task.p }}"}}
            """;
        var origin = Scenario.Of(Yaml).Succeed("x", "1").Fail("y").Succeed("z", "3").Succeed("end");

        var again = origin.Again("y");

        Assert.Equal(["y"], again.Out);
        again.Succeed("y", "2").Succeed("end");
        Assert.Equal("""{"p":{"x":1,"y":2,"z":3}}""", again.Input("end").ToString());
        Assert.Equal(RunStatus.Completed, again.Status);
        Assert.Equal(["x", "y", "z"], origin.Again("p").Out);
    }

    [Fact]
    public void A_called_run_that_is_kept_is_not_called_again()
    {
        const string Yaml =
            """
            tasks:
              - {name: call, action: lib.child, next: [{do: after}]}
              - {name: after, action: core.noop, input: {was: "{{ task.call }}"}}
            """;
        var origin = Scenario.Of(Yaml).Succeed("call", """{"out":5}""").Fail("after");

        var again = origin.Again("after");

        Assert.Equal(["after"], again.Sent);
        Assert.Equal("""{"was":{"out":5}}""", again.Input("after").ToString());
    }

    [Fact]
    public void What_the_end_of_the_origin_cut_off_goes_on()
    {
        var origin = Scenario.OfFlow("""
            a -*-> b
            t: with_items: "{{ range(3) }}"
            t -*-> after
            """);
        origin.Succeed("a").Succeed("t[0]", "7").Cancel().Succeed("b").Succeed("t[1]", "8");

        var again = origin.Again("b");

        Assert.Equal(RunStatus.Cancelled, origin.Status);
        Assert.Equal(["b", "t[2]"], again.Out.Order());
        again.Succeed("b").Succeed("t[2]", "9");
        Assert.Equal("[7,8,9]", again.Run.Results[again.Run.Graph!.Find("t")!.Order]!.Result.ToString());
        Assert.Equal(["after"], again.Out);
        Assert.Equal(RunStatus.Completed, again.Succeed("after").Status);
    }

    [Fact]
    public void A_transition_that_a_cancel_kept_from_being_followed_is_followed()
    {
        var origin = Scenario.OfFlow("a -S-> after\nb").Cancel().Succeed("a").Succeed("b");

        var again = origin.Again("b");

        Assert.Equal(["after", "b"], again.Out.Order());
        Assert.Equal(["a/1 completed", "after/1 running", "b/1 running"], again.Visits.Order());
    }

    [Fact]
    public void What_said_fail_must_run_again_too()
    {
        var origin = Scenario.OfFlow("a -F-> fail\nb -S-> c\nc").Succeed("b").Fail("a").Fail("c");

        Assert.Equal("rerun.would-fail", origin.Again("c").Refusal?.Code);
        Assert.Equal(["a", "c"], origin.Again("a").Out.Order());
    }

    [Theory]
    [InlineData("bild", "rerun.unknown-task", "Did you mean 'build'?")]
    [InlineData("late", "rerun.not-reached", "never came to 'late'")]
    public void A_name_that_means_no_visit_is_refused(string name, string code, string words)
    {
        var origin = Scenario.OfFlow("build -S-> late").Fail("build");

        var refusal = origin.Again(name).Refusal!;

        Assert.Equal(code, refusal.Code);
        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rerun_is_run_again_like_any_run()
    {
        var first = Scenario.OfFlow("a -*-> b\nb -*-> c").Succeed("a", "1").Succeed("b", "2").Fail("c");

        var second = first.Again("b").Succeed("b", "3").Fail("c");
        var third = second.Again("c");

        Assert.Equal(["c"], third.Sent);
        Assert.Equal("3", third.Run.Results[third.Run.Graph!.Find("b")!.Order]!.Result.ToString());
        Assert.Equal(second.Run.Id, third.Run.Origin);
        Assert.Equal(RunStatus.Completed, third.Succeed("c").Status);
    }

    [Fact]
    public void Attempts_and_repetitions_of_what_is_kept_are_told_as_they_were()
    {
        var origin = Scenario.OfFlow("""
            t: with_items: "{{ range(2) }}"
            t: retry: {count: 1, delay: 0}
            t -F-> retry
            t -S-> end
            end: input: {states: "{{ item_states() }}"}
            """);
        origin.Succeed("t[0]", "1").Fail("t[1]").Fail("t[1]#2").Succeed("t[1]#3", "2").Fail("end");

        var again = origin.Again("end");

        Assert.Equal(origin.Input("end").ToString(), again.Input("end").ToString());
        Assert.Contains("\"attempts\":3", again.Input("end").ToString(), StringComparison.Ordinal);
        Assert.Equal(ValueJson.Parse("[1,2]").ToString(), again.Run.Results[0]!.Result.ToString());
    }

    [Fact]
    public void The_example_in_the_readme_goes_as_it_says()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        var start = readme.IndexOf("ref: demo.again", StringComparison.Ordinal);
        var origin = Scenario.Of(readme[start..readme.IndexOf("```", start, StringComparison.Ordinal)]);
        origin.Succeed("fetch", """{"host":"h1"}""").Succeed("check[0]", "1").Fail("check[1]").Succeed("check[2]", "3");
        origin.Succeed("build", """{"v":7}""").Succeed("report");

        var built = origin.Again("build");
        Assert.Equal(("build", """{"host":"h1"}"""), (Assert.Single(built.Out), built.Input("build").ToString()));
        Assert.Equal(["report"], built.Succeed("build", """{"v":8}""").Out);
        Assert.Equal("""{"build":8,"checks":[1,null,3]}""", built.Input("report").ToString());

        var items = origin.AgainItems();
        Assert.Equal(["check[1]"], items.Out);
        items.Succeed("check[1]", "2");
        Assert.Equal("""{"build":7,"checks":[1,2,3]}""", items.Input("report").ToString());
    }
}
