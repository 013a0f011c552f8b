using Executor.Actors.Tests.Engine;
using Executor.Actors.Tests.Faults;
using Executor.Core;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Actors.Tests.Inquiries;

/// <summary>Runs that ask people, on one node.</summary>
public sealed class QuestionTests
{
    private const string Asks =
        """
        tasks:
          - {name: ask, action: core.ask, input: {prompt: "Go on?"}}
        output_map: {said: "{{ task.ask.response }}"}
        """;

    private static readonly RunId Run = new("run-1");
    private static readonly Slot Slot = new("ask", 1, Slot.NoItem, 1);
    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    [Trait("lesson", "6.4")]
    public async Task Of_answers_that_come_at_the_same_time_one_counts_and_all_others_are_refused()
    {
        await using var world = new World();
        var executor = await world.StartAsync();
        await World.StartRunAsync(executor, Run, Asks);

        var said = await Task.WhenAll(Enumerable.Range(0, 20).Select(
            number => executor.AnswerAsync(Run, Slot, Value.Of(number), $"p{number}", Never)));

        await world.SettledAsync(Run);
        var first = Array.FindIndex(said, one => one.Refusal is null);
        Assert.Equal(19, said.Count(one => one.Refusal?.Code == RunCodes.InquiryClosed));
        Assert.Equal($$"""{"said":{{first}}}""", world.StateOf(Run).Output.ToString());
        var row = await RowAsync(world, one => !one.IsOpen);
        Assert.Equal((SlotStatus.Completed, $"p{first}"), (row.Status, row.RespondedBy));
    }

    [Fact]
    public async Task A_question_that_waits_for_ever_is_not_looked_at_again_once_people_can_see_it()
    {
        await using var world = new World();
        var written = new TaskCompletionSource();
        var plan = new FaultPlan().At("inquiries.write", 1, Fault.Delay.Until(written.Task));
        var executor = await world.StartAsync(plan);
        await World.StartRunAsync(executor, Run, Asks);
        await plan.Struck;
        Assert.Single(await DueAsync(world, DateTimeOffset.UtcNow.AddHours(1)));

        written.SetResult();

        await RowAsync(world, one => one.IsOpen);
        await Eventually.IsAsync(async () => (await DueAsync(world, DateTimeOffset.UtcNow.AddHours(1))).Count == 0, Never);
        Assert.Single(await DueAsync(world, DateTimeOffset.MaxValue));
    }

    [Fact]
    public async Task A_node_that_dies_before_anybody_could_see_the_question_leaves_a_run_that_asks_again()
    {
        await using var world = new World();
        var plan = new FaultPlan().At("inquiries.write", 1, new Fault.CrashBefore());
        var first = await world.StartAsync(plan);
        await World.StartRunAsync(first, Run, Asks);
        await plan.Struck;
        await world.KillAsync(first);
        Assert.Empty(await world.Inquiries.ListAsync(new InquiryQuery(9), Never));

        var second = await world.StartAsync();

        var row = await RowAsync(world, one => one.IsOpen);
        Assert.Null((await second.AnswerAsync(row.Run, row.Slot, Value.True, "ann", Never)).Refusal);
        await world.SettledAsync(Run);
    }

    [Fact]
    public async Task A_cancel_closes_the_row()
    {
        await using var world = new World();
        var executor = await world.StartAsync();
        await World.StartRunAsync(executor, Run, Asks);
        await RowAsync(world, one => one.IsOpen);

        await executor.CancelAsync(Run, "enough", Never);

        await world.SettledAsync(Run);
        Assert.Equal(SlotStatus.Cancelled, (await RowAsync(world, one => !one.IsOpen)).Status);
    }

    private static Task<IReadOnlyList<DueRun>> DueAsync(World world, DateTimeOffset until) =>
        world.DueTimes.DueAsync(until, null, 9, Never);

    private static async Task<InquiryRow> RowAsync(World world, Func<InquiryRow, bool> isIt)
    {
        InquiryRow? row = null;
        await Eventually.IsAsync(
            async () => (row = (await world.Inquiries.ListAsync(new InquiryQuery(9), Never)).SingleOrDefault(isIt)) is not null,
            Never);
        return row!;
    }
}
