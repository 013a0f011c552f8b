using Executor.Core.Expressions;
using Executor.Core.Runs;
using Executor.Core.Values;
using static Executor.Core.Tests.Expressions.Evaluating;

namespace Executor.Core.Tests.Expressions;

public class NameTests
{
    private static TestScope Run => new TestScope()
        .With("v", "2")
        .WithMember("parameters", "p", "1")
        .WithMember("workflow", "v", "2")
        .WithMember("task", "fetch", """{"data":{"x":1},"x":1}""")
        .WithMember("task", "my-task", "7")
        .WithMember("system", "started_at", "\"2026-01-01T00:00:00.000Z\"")
        .WithMember("config", "x", "1");

    [Theory]
    [InlineData("parameters.p", "1")]
    [InlineData("workflow.v", "2")]
    [InlineData("vars.v", "2")]
    [InlineData("variables.v", "2")]
    [InlineData("v", "2")]
    [InlineData("ctx().v", "2")]
    [InlineData("ctx('v')", "2")]
    [InlineData("ctx(\"\" ~ \"v\")", "2")]
    [InlineData("ctx()[\"v\"]", "2")]
    [InlineData("workflow[\"v\"]", "2")]
    [InlineData("vars[join([\"v\"], \"\")]", "2")]
    [InlineData("task.fetch.x", "1")]
    [InlineData("tasks.fetch.data.x", "1")]
    [InlineData("tasks[\"my-task\"]", "7")]
    [InlineData("task.fetch.x + vars.v", "3")]
    [InlineData("config.x", "1")]
    [InlineData("keys(tasks)", "[\"fetch\",\"my-task\"]")]
    [InlineData("length(vars)", "1")]
    [InlineData("system.started_at == system.workflow_start", "true")]
    [InlineData("system[\"workflow_start\"] is defined", "true")]
    [InlineData("workflow?.nope", "null")]
    [InlineData("task.later is defined", "false")]
    [InlineData("parameters.q | default(3)", "3")]
    [InlineData("workflow[\"nope\"] | default(3)", "3")]
    [InlineData("ctx('nope') | default(3)", "3")]
    public void One_thing_has_several_spellings(string source, string json) => Gives(json, source, Run);

    [Theory]
    [InlineData("parameters.q", "'parameters' has no 'q'.")]
    [InlineData("workflow.nope", "'workflow' has no 'nope'.")]
    [InlineData("vars[\"no\" ~ \"pe\"]", "'workflow' has no 'nope'.")]
    [InlineData("task.later", "There is no result of a task 'later': no such task, or it has not ended.")]
    [InlineData("task.my - task", "There is no result of a task 'my': no such task, or it has not ended.")]
    [InlineData("keystore.k", "'keystore' has no 'k'.")]
    [InlineData("item", "Nothing is called 'item'.")]
    [InlineData("index", "Nothing is called 'index'.")]
    [InlineData("nope", "Nothing is called 'nope'.")]
    public void Names_that_nothing_has_are_errors(string source, string message) =>
        Assert.Equal(message, Fails("expr.unknown-name", source, Run).Message);

    [Theory]
    [InlineData("task.fetch.result.x", "task.fetch is the result.")]
    [InlineData("task.fetsh", "Did you mean 'fetch'?")]
    [InlineData("parameters.P", "Did you mean 'p'?")]
    public void The_nearest_name_is_shown(string source, string hint) =>
        Assert.Equal(hint, Fails("expr.unknown-name", source, Run).Hint);

    [Fact]
    public void Item_and_index_exist_where_the_scope_has_them() =>
        Gives("[5,0]", "[item, index]", new TestScope().With("item", "5").With("index", "0"));

    [Fact]
    public void A_member_of_a_namespace_is_asked_for_alone()
    {
        var scope = Run;

        Evaluate("task.fetch.x", scope);

        Assert.Equal(1, scope.Lookups);
    }

    [Theory]
    [InlineData("result()", "null")]
    [InlineData("error()", "null")]
    [InlineData("status()", "null")]
    [InlineData("item_states()", "null")]
    [InlineData("succeeded() or failed() or timed_out() or skipped() or completed()", "false")]
    public void Without_an_outcome_nothing_has_happened(string source, string json) => Gives(json, source, Run);

    [Theory]
    [InlineData(SlotStatus.Completed, "[true,false,false,false,true,\"completed\"]")]
    [InlineData(SlotStatus.Failed, "[false,true,false,false,true,\"failed\"]")]
    [InlineData(SlotStatus.Abandoned, "[false,true,false,false,true,\"abandoned\"]")]
    [InlineData(SlotStatus.Cancelled, "[false,true,false,false,true,\"cancelled\"]")]
    [InlineData(SlotStatus.Timeout, "[false,false,true,false,true,\"timeout\"]")]
    [InlineData(SlotStatus.Skipped, "[false,false,false,true,true,\"skipped\"]")]
    public void Outcome_functions_tell_how_it_ended(SlotStatus status, string json)
    {
        var scope = new TestScope { Ended = new Outcome(status, Value.Null, null, null) };

        Gives(json, "[succeeded(), failed(), timed_out(), skipped(), completed(), status()]", scope);
    }

    [Fact]
    public void Result_error_and_item_states_are_those_of_the_outcome()
    {
        var item = ItemState.Fresh with { Status = SlotStatus.Failed, Attempt = 2, Error = "no" };
        var states = new ItemStates(SparseVector<ItemState>.Empty.With(0, item), 2, SlotStatus.Failed);
        var scope = new TestScope
        {
            Ended = new Outcome(SlotStatus.Failed, ValueJson.Parse("""{"x":1}"""), "broken", states),
        };

        Gives(
            """
            [1,"broken",[{"index":0,"status":"failed","result":null,"error":"no","attempts":2},
            {"index":1,"status":"skipped","result":null,"error":null,"attempts":0}]]
            """.ReplaceLineEndings(""),
            "[result().x, error(), item_states()]",
            scope);
    }

    [Theory]
    [Trait("lesson", "2.1")]
    [InlineData("succeeded() and result().x == 1", 1, true)]
    [InlineData("succeeded() and result().x == 1", 2, false)]
    [InlineData("not failed()", 2, true)]
    [InlineData("not succeeded()", 2, false)]
    [InlineData("failed() or timed_out()", 2, false)]
    [InlineData("succeeded( ) or failed()", 2, true)]
    public void A_condition_is_evaluated_as_a_whole(string source, long x, bool fires)
    {
        var result = new Value.Map([KeyValuePair.Create("x", Value.Of(x))]);
        var scope = new TestScope { Ended = new Outcome(SlotStatus.Completed, result, null, null) };

        Assert.Equal(fires, Expression.ParseCondition(source, Position.Start).Evaluate(scope).IsTruthy);
    }

    [Fact]
    [Trait("lesson", "7.8")]
    public void Time_and_ids_come_from_the_scope_and_are_the_same_again()
    {
        const string Source = "[now(), system.workflow_start, uuid()]";

        Assert.Equal(Evaluate(Source, Run), Evaluate(Source, Run));
    }
}
