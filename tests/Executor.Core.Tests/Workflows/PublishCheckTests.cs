namespace Executor.Core.Tests.Workflows;

public sealed class PublishCheckTests
{
    [Fact]
    public void Tasks_inside_a_parallel_one_run_side_by_side_and_before_what_follows_it() =>
        Assert.Equal(
            ["publish.side-by-side 1:107"],
            Texts.Checked(
                "tasks: {p: {type: parallel, tasks: {a: {action: x.y, publish: [v, w]}, b: {action: x.y, publish: [{u: 1}, v]}}, "
                + "next: [{publish: w, do: c}]}, c: {action: x.y, publish: [u, w]}}"));

    private const string Both = "a: [{publish: x}]\nb: [{publish: x}]\n";

    [Theory]
    [InlineData("two entries", "", true)]
    [InlineData("one fork", "s: [{do: 'a, b'}]", true)]
    [InlineData("a fork further up", "s: [{do: 'c, d'}]\nc: [{do: a}]\nd: [{do: b}]", true)]
    [InlineData("two transitions", "s: [{when: succeeded(), do: a}, {when: succeeded(), do: b}]", true)]
    [InlineData("success and always", "s: [{when: succeeded(), do: a}, {do: b}]", true)]
    [InlineData("data and always", "s: [{when: result().ok, do: a}, {do: b}]", true)]
    [InlineData("success or failure", "s: [{when: succeeded(), do: a}, {when: failed(), do: b}]", false)]
    [InlineData("success with data or failure", "s: [{when: succeeded() and result().ok, do: a}, {when: failed(), do: b}]", false)]
    [InlineData("data this way or that", "s: [{when: result().ok, do: a}, {when: not result().ok, do: b}]", false)]
    [InlineData("never", "s: [{when: false, do: a}, {do: b}]", false)]
    public void Two_tasks_publish_one_name(string situation, string more, bool warned) =>
        Check(situation, Both + more, warned);

    [Theory]
    [InlineData("other names", "a: [{publish: x}]\nb: [{publish: y}]", false)]
    [InlineData("one after the other", "a: [{publish: x, do: b}]\nb: [{publish: x}]", false)]
    [InlineData("long after the other", "a: [{publish: x, do: b}]\nb: [{do: c}]\nc: [{publish: x}]", false)]
    [InlineData("written against the order", "a: [{publish: x}]\nb: [{publish: x, do: a}]", false)]
    [InlineData("a loop", "s: [{do: a}]\na: [{publish: x, do: b}]\nb: [{publish: x}, {when: vars.x, do: a}]", false)]
    [InlineData("one task twice", "a: [{publish: x}, {publish: x}]", false)]
    [InlineData("behind a join", "s: [{do: 'a, b'}]\na: [{do: j}]\nb: [{do: j}]\nj: [{publish: x, do: k}]\nk: [{publish: x}]", false)]
    [InlineData("three, two in order", "s: [{do: 'a, b'}]\na: [{publish: x, do: c}]\nb: [{publish: x}]\nc: [{publish: x}]", true)]
    public void Where_one_waits_for_the_other_there_is_no_warning(string situation, string tasks, bool warned) =>
        Check(situation, tasks, warned);

    private static void Check(string situation, string tasks, bool warned)
    {
        Assert.NotEmpty(situation);
        var lines = tasks.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(": ", 2))
            .Select(line => $"  {line[0]}: {{action: x.y, next: {line[1]}}}\n");

        Assert.Equal(
            warned ? ["publish.side-by-side"] : [],
            Texts.Checked("vars: {x: 0}\ntasks:\n" + string.Concat(lines)).Select(line => line.Split(' ')[0]));
    }
}
