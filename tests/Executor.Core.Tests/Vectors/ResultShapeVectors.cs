using Executor.Core.Messages;
using Executor.Core.Runs;
using Executor.Core.Tests.Messages;
using Executor.Core.Tests.Runs;
using Executor.Core.Tests.Runs.Calls;
using Executor.Core.Values;

namespace Executor.Core.Tests.Vectors;

/// <summary>Results that no action gives: of runs, of time that is up, of groups, of people, of calls.</summary>
public sealed class ResultShapeVectors
{
    private static readonly RunLimits NoAllowance = RunLimits.Default with { StartAllowance = TimeSpan.Zero };

    [Fact]
    [Trait("vector", "7 run completed")]
    public void A_completed_run_gives_exactly_its_output()
    {
        Assert.Equal("{}", RunResults.Of(Scenario.OfFlow("a").Succeed("a", "1").Run).ToString());
        Assert.Equal(
            """{"n":1}""",
            RunResults.Of(Scenario.OfFlow("a", "output_map: {n: '{{ task.a }}'}").Succeed("a", "1").Run).ToString());
    }

    [Fact]
    [Trait("vector", "7 run failed or cancelled")]
    public void A_failed_run_says_why_and_all_its_causes_and_a_cancelled_one_that_it_was()
    {
        Assert.Equal(
            """{"error":"Workflow failed: 1 task(s) failed: a","succeeded":false,"causes":[{"task":"a","code":"task.failed","message":"Task 'a' ended failed: boom"}]}""",
            RunResults.Of(Scenario.OfFlow("a").Fail("a").Run).ToString());
        Assert.Equal(
            """{"error":"Workflow cancelled","succeeded":false}""",
            RunResults.Of(Scenario.OfFlow("a").Cancel().Succeed("a").Run).ToString());
    }

    [Fact]
    [Trait("vector", "7 timed out")]
    public void An_attempt_whose_time_was_up()
    {
        var run = Scenario.OfFlow("a: timeout: 2\na -T-> b\nb: input: {v: '{{ task.a }}'}", limits: NoAllowance).After(2);

        Assert.Equal(
            """{"succeeded":false,"timed_out":true,"error":"Execution timed out after 2 seconds"}""", Seen.By(run, "b"));
        Assert.Equal("a/1 timeout", run.Visits[0]);
    }

    [Fact]
    [Trait("vector", "7 no worker in time")]
    public void An_attempt_that_no_worker_took_in_time()
    {
        var run = Scenario.OfFlow("a: timeout: 2\na -T-> b\nb: input: {v: '{{ task.a }}'}", limits: NoAllowance);

        run.Give(new RunCommand.FinishItem(run.SlotOf("a"), ItemOutcome.NeverTaken, run.Now));

        Assert.Equal(
            """{"succeeded":false,"timed_out":true,"error":"Execution is unschedulable","message":"No worker of pool 'default' took it within 2 seconds.","action_ref":"core.noop","failed_by":"executor","failed_at":"2026-01-02T03:04:05.000Z"}""",
            Seen.By(run, "b"));
        Assert.Equal("a/1 timeout", run.Visits[0]);
    }

    [Fact]
    [Trait("vector", "7 expired unread")]
    public void A_request_that_expired_unread()
    {
        var run = Scenario.OfFlow("a -F-> b\nb: input: {v: '{{ task.a }}'}");

        run.Give(new RunCommand.FinishItem(run.SlotOf("a"), ItemOutcome.ExpiredUnread(run.Now), run.Now));

        Assert.Equal(
            """{"succeeded":false,"error":"Worker queue TTL expired","message":"No worker took it before a policy of the broker let it expire.","expired_at":"2026-01-02T03:04:05.000Z"}""",
            Seen.By(run, "b"));
    }

    [Fact]
    [Trait("vector", "7 inquiry")]
    public void A_question_that_was_answered_and_one_that_nobody_answered()
    {
        const string Flow = "a: action: core.ask\na: input: {prompt: x}\na: timeout: 60\na -*-> b\nb: input: {v: '{{ task.a }}'}";
        var answered = Scenario.OfFlow(Flow);
        answered.Give(new RunCommand.Answer(answered.SlotOf("a"), Value.True, "ann", answered.Now));

        Assert.Equal(
            """{"response":true,"responded_by":"ann","responded_at":"2026-01-02T03:04:05.000Z"}""", Seen.By(answered, "b"));
        Assert.Equal(
            """{"succeeded":false,"timed_out":true,"error":"inquiry timed out"}""",
            Seen.By(Scenario.OfFlow(Flow).After(60), "b"));
    }

    [Fact]
    [Trait("vector", "7 items")]
    public void A_task_with_items_gives_the_views_of_their_results_and_counts()
    {
        var run = Scenario.OfFlow("""
            t: with_items: [0, 1, 2, 3, 4]
            t: concurrency: 5
            t -*-> b
            b: input: {v: "{{ task.t }}"}
            """);

        run.Succeed("t[0]", """{"data":{"x":1}}""").Fail("t[1]", result: "1").TimeOut("t[2]");
        run.End("t[3]", SlotStatus.Cancelled, "3").End("t[4]", SlotStatus.Abandoned, "4");

        Assert.Equal("""[{"data":{"x":1},"x":1},1,null,3,4]""", Seen.By(run, "b"));
        Assert.Equal(
            new ItemCounts(5, Succeeded: 1, Failed: 1, TimedOut: 1, Cancelled: 1, Abandoned: 1),
            RunView.Of(run.Run).Visits[0].Items);
    }

    [Fact]
    [Trait("vector", "7 sub-workflow")]
    public void A_task_that_is_a_workflow_gives_the_result_of_its_run()
    {
        const string Child = "ref: lib.child\ntasks: [{name: work, action: core.noop}]\noutput_map: {was: '{{ task.work }}'}";
        const string Main = "tasks: [{name: call, action: lib.child}]\noutput_map: {all: '{{ task.call }}'}";
        var good = new Family(Child, Main).Settle();
        var bad = new Family(Child, Main).Settle();

        good.Succeed(good.Run("call"), "work", "7");
        bad.Fail(bad.Run("call"), "work");

        Assert.Equal("""{"all":{"was":7}}""", good.Main.Output.ToString());
        Assert.Equal($$"""{"all":{{RunResults.Of(bad.Run("call"))}}}""", bad.Main.Output.ToString());
    }

    [Fact]
    [Trait("vector", "7 words")]
    public void Words_for_statuses_are_written_lower_case_and_read_in_any_case()
    {
        string[] known =
        [
            "requested", "scheduling", "scheduled", "running", "completed", "failed", "canceling", "cancelled", "timeout",
            "abandoned",
        ];

        Assert.Equal(known.Append("skipped").Order(), Enum.GetValues<SlotStatus>().Select(StatusWords.Of).Order());
        Assert.Equal(RunStatus.Timeout, StatusWords.Run("TimeOut"));
        Assert.Null(StatusWords.Run("done"));
        Assert.Null(StatusWords.Run("7"));
        var written = System.Text.Encoding.UTF8.GetString(WireJson.Write(WireSamples.Result));
        Assert.Contains("\"failed\"", written);
        Assert.Equal(
            WireSamples.Result.Outcome.Status,
            WireJson.ReadResult(System.Text.Encoding.UTF8.GetBytes(written.Replace("\"failed\"", "\"FAILED\""))).Outcome.Status);
    }
}
