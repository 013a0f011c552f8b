using Executor.Core.Explaining;
using Executor.Core.Runs;
using Executor.Core.Tests.Vectors;
using Executor.Core.Values;
using Executor.Core.Workflows;
using Executor.Core.Workflows.Yaml;

namespace Executor.Core.Tests.Runs.Questions;

/// <summary>A task that asks a person waits for the first valid answer.</summary>
public sealed class QuestionTests
{
    private const string Approval =
        """
        tasks:
          - name: ask
            action: core.ask
            timeout: 60
            input:
              prompt: "Deploy {{ 1 + 1 }} hosts?"
              response_schema: {approve: {type: boolean, required: true}, reason: {type: string}}
            next:
              - {when: succeeded(), publish: [said: "{{ result().response }}", by: "{{ result().responded_by }}"], do: after}
              - {when: timed_out(), do: late}
          - {name: after, action: core.noop}
          - {name: late, action: core.noop}
        """;

    [Fact]
    public void A_question_goes_to_no_worker_and_waits_as_a_row_that_people_see()
    {
        var run = Scenario.Of(Approval);

        var row = Assert.IsType<RunEffect.Ask>(Assert.Single(RunEffects.Of(run.Run, run.Last))).Row;
        Assert.Equal(DispatchId.Of(run.Run.Id, run.SlotOf("ask")), row.Id);
        Assert.Equal("\"Deploy 2 hosts?\"", Of(row.Input, "prompt").ToString());
        Assert.Equal((true, Scenario.Begin, Scenario.Begin.AddSeconds(60)), (row.IsOpen, row.OpenedAt, row.DueAt));
        Assert.Equal(row, Assert.IsType<RunEffect.Ask>(Assert.Single(RunEffects.Open(run.Run))).Row);
    }

    [Fact]
    public void The_answer_is_the_result_with_who_gave_it_and_when_and_what_was_left_out_is_null()
    {
        var run = Scenario.Of(Approval);

        run.Give(Yes(run, "ann"));

        Assert.Equal("""{"approve":true,"reason":null}""", run.Variable("said"));
        Assert.Equal("\"ann\"", run.Variable("by"));
        Assert.Equal(["after"], run.Out);
        var row = Assert.Single(RunRows.Of(Scenario.Of(Approval).Run, run.Run, [.. run.Last]).Inquiries);
        Assert.Equal((SlotStatus.Completed, "ann", Scenario.Begin), (row.Status, row.RespondedBy, row.ClosedAt));
        Assert.Equal("""{"approve":true,"reason":null}""", row.Response!.ToString());
    }

    [Fact]
    public void A_run_whose_last_question_has_timed_out_before_its_own_time_was_up_has_failed_whenever_that_is_noticed()
    {
        var run = Scenario.Of(
            """
            timeout: 12s
            tasks: [{name: ask, action: core.ask, timeout: 10, input: {prompt: "Well?"}}]
            """);

        run.Give(new RunCommand.TimeUp(Scenario.Begin.AddSeconds(15)));

        Assert.Equal(RunStatus.Failed, run.Run.Status);
    }

    [Fact]
    [Trait("lesson", "6.4")]
    public void In_whatever_order_two_answers_and_the_end_of_its_time_come_the_first_counts_and_one_task_follows()
    {
        foreach (var order in Permutations.Of(0, 1, 2))
        {
            var run = Scenario.Of(Approval);
            var slot = run.SlotOf("ask");
            RunCommand[] commands =
            [
                new RunCommand.Answer(slot, Parse("{approve: true}"), "ann", Scenario.Begin.AddSeconds(60)),
                new RunCommand.Answer(slot, Parse("{approve: false}"), "bob", Scenario.Begin.AddSeconds(60)),
                new RunCommand.TimeUp(Scenario.Begin.AddSeconds(60)),
            ];
            var refusals = new List<string?>();
            foreach (var one in order)
            {
                run.Give(commands[one]);
                refusals.Add(run.Refusal?.Code);
            }

            var late = order.Skip(1).Count(one => one != 2);
            Assert.Equal(late, refusals.Count(code => code == "inquiry.closed"));
            Assert.Equal([order.First() == 2 ? "late" : "after"], run.Out);
            Assert.Equal(order.First() switch { 0 => "\"ann\"", 1 => "\"bob\"", _ => "(none)" }, run.Variable("by"));
        }
    }

    [Theory]
    [Trait("lesson", "6.4")]
    [InlineData("{approve: 'yes'}", "/approve Expected boolean, not a string.")]
    [InlineData("{}", "/approve 'approve' is required.")]
    [InlineData("{approve: true, why: x}", "/why There is no parameter 'why'.")]
    [InlineData("true", "The inputs must be an object, not a boolean.")]
    public void An_answer_of_another_shape_is_refused_with_its_place_and_the_question_stays_open(string answer, string why)
    {
        var run = Scenario.Of(Approval);

        run.Give(new RunCommand.Answer(run.SlotOf("ask"), Parse(answer), "ann", run.Now));

        Assert.Equal("inquiry.invalid", run.Refusal!.Code);
        Assert.Equal([why], run.Refusal.Problems.Select(problem => problem.Message));
        Assert.Equal(["ask"], run.Out);
        Assert.Null(run.Give(Yes(run, "bob")).Refusal);
    }

    [Fact]
    public void Without_a_schema_one_of_the_options_answers()
    {
        var run = Scenario.Of("tasks: [{name: ask, action: core.inquiry, input: {prompt: Which?, options: [blue, 5]}}]");
        Assert.Null(run.Run.NextDue);

        run.Give(new RunCommand.Answer(run.SlotOf("ask"), Value.Of("red"), null, run.Now));
        Assert.Equal("inquiry.invalid", run.Refusal!.Code);
        run.Give(new RunCommand.Answer(run.SlotOf("ask"), Value.Of(5), null, run.Now));

        Assert.Equal(RunStatus.Completed, run.Status);
    }

    [Fact]
    public void An_explanation_says_since_when_and_until_when_a_person_is_asked_and_how_to_answer()
    {
        var run = Scenario.Of(Approval);

        var sentences = Explanation.Of(run.Run.Id, run.Journal, "ask")!.Value;

        Assert.Equal(
            "It asks a person since 2026-01-02 03:04:05Z, until 2026-01-02 03:05:05Z; to answer: executor answer "
            + DispatchId.Of(run.Run.Id, run.SlotOf("ask")) + ".",
            Assert.Single(sentences, sentence => sentence.Kind == SentenceKind.AtWork).Text);
    }

    [Fact]
    public void Nobody_answers_in_time()
    {
        var run = Scenario.Of(Approval).After(59);
        Assert.Equal(["ask"], run.Out);

        run.After(1);

        Assert.Equal(["late"], run.Out);
        Assert.Equal("inquiry timed out", run.Run.Visit("ask", 1)!.Error);
        Assert.Empty(run.Run.Overdue);
    }

    [Fact]
    public void A_default_answers_when_nobody_does_in_time()
    {
        var run = Scenario.Of(Approval.Replace(
            "      response_schema", "      default_response: {approve: false}\n      response_schema", StringComparison.Ordinal));

        run.After(60);

        Assert.Equal("""{"approve":false,"reason":null}""", run.Variable("said"));
        Assert.Equal(("null", "after"), (run.Variable("by"), run.Out.Single()));
    }

    [Theory]
    [Trait("lesson", "5.6")]
    [InlineData("allow_finish")]
    [InlineData("cancel_running")]
    public void A_cancel_closes_the_question_and_ends_the_run_and_a_late_answer_is_refused(string policy)
    {
        var run = Scenario.Of($"cancellation_policy: {policy}\n{Approval}");
        var answer = Yes(run, "ann");

        run.Cancel();

        Assert.Equal((RunStatus.Cancelled, "ask/1 cancelled"), (run.Status, run.Visits.Single()));
        Assert.Empty(RunEffects.Of(run.Run, run.Last));
        Assert.Equal("inquiry.closed", run.Give(answer).Refusal?.Code);
    }

    [Fact]
    public void A_paused_run_rests_with_its_question_open_and_goes_on_with_the_answer_when_it_is_resumed()
    {
        var run = Scenario.Of(Approval).Give(new RunCommand.Pause(null, Scenario.Begin));
        Assert.Equal((RunStatus.Paused, null), (run.Status, run.Run.NextDue));

        run.Give(Yes(run, "ann"));
        Assert.Empty(run.Out);
        run.Give(new RunCommand.Resume(run.Now));

        Assert.Equal(["after"], run.Out);
        Assert.Null(run.Run.Dues.Where(due => due.Slot.Task == "ask").Select(due => (DateTimeOffset?)due.At).SingleOrDefault());
    }

    [Fact]
    public void A_time_that_passes_while_the_run_is_paused_is_up_when_it_is_resumed()
    {
        var run = Scenario.Of(Approval).Give(new RunCommand.Pause(null, Scenario.Begin)).After(100);
        Assert.Equal(["ask"], run.Out);

        run.Give(new RunCommand.Resume(run.Now));

        Assert.Equal(["late"], run.Out);
    }

    [Fact]
    public void A_question_of_a_run_that_fails_by_command_is_closed_because_nothing_would_follow()
    {
        var run = Scenario.Of("""
            tasks:
              - {name: ask, action: core.ask, input: {prompt: "Go on?"}, next: [{do: after}]}
              - {name: work, action: core.noop, next: [{do: fail}]}
              - {name: after, action: core.noop}
            """);

        run.Succeed("work");

        Assert.Equal((RunStatus.Failed, "ask/1 skipped"), (run.Status, run.Visits[0]));
        Assert.Equal("Workflow failed: A transition of 'work' said 'fail'", run.Error);
    }

    [Fact]
    public void Each_item_asks_a_question_of_its_own()
    {
        var run = Scenario.Of("""
            tasks:
              - name: ask
                action: core.ask
                with_items: "{{ ['ann', 'bob'] }}"
                concurrency: 2
                input: {prompt: "{{ item }}?", assigned_to: "{{ item }}"}
            output_map: {all: "{{ task.ask }}"}
            """);
        foreach (var slot in (string[])["ask[1]", "ask[0]"])
        {
            run.Give(new RunCommand.Answer(run.SlotOf(slot), Value.Of(slot), slot[4..5], run.Now));
        }

        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Equal("\"ask[0]\"", Of(((Value.List)Of(run.Run.Output, "all"))[0], "response").ToString());
    }

    [Theory]
    [InlineData("{prompt: ''}", "input.length")]
    [InlineData("{}", "input.missing")]
    [InlineData("{prompt: x, options: ['{{ 1 }}'], default_response: 2}", "input.enum")]
    [InlineData("'{{ {\"prompt\": \"x\", \"options\": [1], \"response_schema\": {\"a\": {}}} }}'", "input.shape")]
    [InlineData("{prompt: x, response_schema: {a: {type: '{{ \"sting\" }}'}}}", "schema.invalid")]
    [InlineData("{prompt: x, who: me}", "input.unknown")]
    [InlineData("{prompt: x, assigned_to: [1]}", "input.type")]
    public void A_question_that_cannot_be_asked_fails_its_visit_and_nobody_is_asked(string input, string code)
    {
        var run = Scenario.Of($"tasks:\n  - name: ask\n    action: core.ask\n    input: {input}");

        Assert.Equal([code], run.Problems);
        Assert.Empty(run.Sent);
    }

    [Theory]
    [InlineData("{{ 1 }}", "1")]
    [InlineData("{{ 1.5 }}", "1.5")]
    [InlineData("{{ true }}", "true")]
    public void A_prompt_that_is_a_number_or_a_boolean_is_asked_as_text(string prompt, string asked)
    {
        var input = (Value.Map)ValueJson.Parse($$"""{"prompt": {{prompt[3..^3]}}}""");
        var run = Scenario.Of($"tasks:\n  - name: ask\n    action: core.ask\n    input: {{prompt: '{prompt}'}}");

        Assert.Empty(run.Problems);
        Assert.Equal(asked, Question.Of(input).Prompt);
    }

    [Fact]
    public void A_question_that_times_out_is_asked_again_where_the_task_is_tried_again()
    {
        var run = Scenario.Of("""
            tasks:
              - {name: ask, action: core.ask, timeout: 5, retry: {count: 1, delay: 2}, input: {prompt: "Well?"}}
            """).After(5).After(2);

        Assert.Equal(["ask#2"], run.Out);
        run.Give(new RunCommand.Answer(run.SlotOf("ask#2"), Value.True, "ann", run.Now));
        Assert.Equal(RunStatus.Completed, run.Status);
    }

    [Fact]
    public void A_task_of_a_worker_is_not_answered_and_an_unknown_slot_means_that_the_state_is_stale()
    {
        var run = Scenario.OfFlow("a: timeout: 5");

        Assert.Equal("inquiry.unknown", run.Give(new RunCommand.Answer(run.SlotOf("a"), Value.True, "ann", run.Now)).Refusal?.Code);
        var other = new Slot("a", 2, Slot.NoItem, 1);
        Assert.Equal("slot.unknown", run.Give(new RunCommand.Answer(other, Value.True, "ann", run.Now)).Refusal?.Code);
    }

    [Fact]
    public void An_answer_that_no_journal_takes_is_refused()
    {
        var run = Scenario.Of("tasks: [{name: ask, action: core.ask, input: {prompt: Which?}}]");
        var deep = Enumerable.Range(0, 70).Aggregate(Value.Null, (inner, _) => Value.Of([inner]));

        foreach (var bad in (Value[])[deep, Value.Of("a\0b"), Value.Of(new string('x', 300_000)), Value.Of(double.NaN)])
        {
            run.Give(new RunCommand.Answer(run.SlotOf("ask"), bad, "ann", run.Now));
            Assert.Equal("inquiry.invalid", run.Refusal?.Code);
        }
    }

    [Fact]
    public void An_answer_counts_by_the_time_at_which_it_was_given_whenever_it_comes()
    {
        const string Flow = "a: action: core.ask\na: input: {prompt: x}\na: timeout: 60\na -*-> b\nb: input: {v: '{{ task.a }}'}";
        var (early, late) = (Scenario.OfFlow(Flow), Scenario.OfFlow(Flow));
        RunCommand.Answer Given(Scenario run, int second) =>
            new(run.SlotOf("a"), Value.True, "ann", Scenario.Begin.AddSeconds(90), Scenario.Begin.AddSeconds(second));

        early.Give(Given(early, 60));
        late.Give(Given(late, 61));

        Assert.Null(early.Refusal);
        Assert.Equal(
            """{"response":true,"responded_by":"ann","responded_at":"2026-01-02T03:05:05.000Z"}""", Seen.By(early, "b"));
        Assert.Equal("inquiry.closed", late.Refusal?.Code);
        Assert.EndsWith("is closed: its time was up at 2026-01-02T03:05:05.000Z.", late.Refusal!.Message, StringComparison.Ordinal);
        late.Give(new RunCommand.TimeUp(Scenario.Begin.AddSeconds(90)));
        Assert.Equal("""{"succeeded":false,"timed_out":true,"error":"inquiry timed out"}""", Seen.By(late, "b"));
        var held = Scenario.OfFlow(Flow).Pause();
        Assert.Null(held.Give(Given(held, 90)).Refusal);
    }

    private static RunCommand.Answer Yes(Scenario run, string by) =>
        new(run.SlotOf("ask"), Parse("{approve: true}"), by, run.Now);

    private static Value Parse(string yaml) => YamlText.Read(yaml).Root!.ToValue();

    private static Value Of(Value map, string name) =>
        ((Value.Map)map).TryGet(name, out var value) ? value : Value.Null;
}
