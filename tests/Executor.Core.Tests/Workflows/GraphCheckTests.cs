using System.Diagnostics;
using CsCheck;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.Workflows;

public sealed class GraphCheckTests
{
    [Theory]
    [InlineData("a: {do: b}\nb: {do: a}", "workflow.no-entry 2", "task.no-next-exit 2")]
    [InlineData("a: {do: a}", "workflow.no-entry 2", "task.no-next-exit 2")]
    [InlineData("a: {}\nb: {when: vars.x, do: c}\nc: {do: b}", "task.unreachable 3", "task.unreachable 4")]
    [InlineData("a: {do: nope}", "task.unknown-target 2")]
    [InlineData("a/1: {}", "join.on-entry 2")]
    [InlineData("a: {do: b}\nb/2: {}", "join.too-many 3")]
    [InlineData("a: {do: 'b, c'}\nb: {do: d}\nc: {do: d}\nd/2: {}")]
    [InlineData("a: {do: 'b, c'}\nb: {do: d}\nc: {do: d}\nd/3: {}", "join.too-many 5")]
    [InlineData("a: {do: 'b, b'}\nb/2: {}", "join.too-many 3")]
    [InlineData("a: {do: b}\nb/all: {do: c}\nc: {when: vars.x, do: b}", "join.on-own-path 3")]
    [InlineData("a: {do: b}\nb/1: {when: vars.x, do: b}", "join.on-own-path 3")]
    [InlineData("a: {do: b}\nb/all: {do: c}\nc: {do: d}\nd: {when: vars.x, do: b}", "join.on-own-path 3")]
    [InlineData("a: {do: 'b, c'}\nb/all: {when: vars.x, do: c}\nc: {do: b}")]
    [Trait("lesson", "8.3")]
    public void A_graph_that_cannot_run_is_refused(string tasks, params string[] problems) =>
        Assert.Equal(problems, Check(tasks));

    [Theory]
    [InlineData("b: {do: b}", true)]
    [InlineData("b: {do: c}\nc: {do: b}", true)]
    [InlineData("b: {when: true, do: c}\nc: {when: succeeded(), do: b}", true)]
    [InlineData("b: {do: c}\nc: {when: not failed(), do: 'b, d'}\nd: {}", true)]
    [InlineData("b: {do: c}\nc: {do: 'b, fail'}", false)]
    [InlineData("b: {do: c}\nc: {when: failed(), do: b}", false)]
    [InlineData("b: {do: c}\nc: {when: result().more, do: b}", false)]
    [InlineData("b: {do: c}\nc: {when: succeeded() and result().more, do: b}", false)]
    [InlineData("b: {do: c}\nc: {}", false)]
    public void A_loop_that_goes_on_while_all_goes_well_is_a_warning(string tasks, bool warned) =>
        Assert.Equal(warned ? ["task.no-next-exit 3"] : [], Check("a: {do: b}\n" + tasks));

    [Fact]
    public void Every_refusal_stands_at_its_place()
    {
        var problems = Texts.Checked(
            """
            tasks:
              - name: a
                action: x.y
                join: all
                next:
                  - when: "{{ succeeded() }}"
                    do: [b, bb]
              - name: b
                action: x.y
                join: 2
              - name: b2
                action: x.y
                next: [{do: b2}]
            """);

        Assert.Equal(
            [
                "join.on-entry 4:5", "task.unknown-target 7:17", "join.too-many 10:5", "task.no-next-exit 11:11",
                "task.unreachable 11:11",
            ],
            problems.Order(StringComparer.Ordinal).OrderBy(line => int.Parse(line.Split(' ')[1].Split(':')[0])));
    }

    [Fact]
    public void A_join_on_its_own_path_is_found_exactly_when_the_source_is_not_reached_without_it() =>
        Gen.Select(Gen.Int[0, 7], Gen.Int[0, 7]).Array[0, 20].Sample(
            edges =>
            {
                var spec = Spec(edges, task => task > 0 ? "join: 1" : "");
                var found = WorkflowCheck.Run(spec).Problems
                    .Where(problem => problem.Code == "join.on-own-path")
                    .Select(problem => problem.At.Line - 2);

                Assert.Equal(JoinsOnOwnPath(edges), found);
            },
            iter: 2_000);

    /// <summary>A machine that does other work takes a second; what looks at each pair of tasks takes minutes.</summary>
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(3);

    public static TheoryData<string, string> Large => new()
    {
        { "chain", "chain" }, { "join of all", "star" }, { "joins one after another", "ladder" }, { "dense", "dense" },
    };

    [Theory]
    [MemberData(nameof(Large))]
    public void Ten_thousand_tasks_are_checked_within_seconds(string name, string shape)
    {
        Assert.NotEmpty(name);
        const int Count = 10_000;
        var edges = shape switch
        {
            "chain" => Enumerable.Range(1, Count - 1).Select(task => (task - 1, task)),
            "star" => Enumerable.Range(1, Count - 2).SelectMany(task => new[] { (0, task), (task, Count - 1) }),
            "ladder" => Enumerable.Range(1, Count - 1).SelectMany(task => new[] { (task - 1, task), (0, task) }),
            _ => Enumerable.Range(1, Count - 1)
                .SelectMany(task => Enumerable.Range(1, 20).Select(back => (Math.Max(0, task - (back * back)), task))),
        };
        var spec = Spec([.. edges], task => task > 0 ? "join: all" : "", publish: true);

        var fastest = TimeSpan.MaxValue;
        for (var round = 0; round < 5 && fastest > Most; round++)
        {
            var fresh = spec with { Tasks = [.. spec.Tasks] };
            var watch = Stopwatch.StartNew();
            Assert.DoesNotContain(
                WorkflowCheck.Run(fresh).Problems, problem => problem.Severity == ProblemSeverity.Error);
            fastest = watch.Elapsed < fastest ? watch.Elapsed : fastest;
        }

        Assert.InRange(fastest, TimeSpan.Zero, Most);
    }

    /// <param name="tasks">A line per task: <c>name/join: transition</c>.</param>
    /// <returns>Code and line, of which the first task has the second.</returns>
    private static IEnumerable<string> Check(string tasks)
    {
        var lines = tasks.Split('\n').Select(line => line.Split(": ", 2)).Select(line => (Name: line[0].Split('/'), Next: line[1]));
        var text = "tasks:\n" + string.Concat(lines.Select(line =>
            $"  {line.Name[0]}: {{action: x.y, {(line.Name.Length > 1 ? $"join: {line.Name[1]}, " : "")}next: [{(line.Next == "{}" ? "" : line.Next)}]}}\n"));
        return Texts.Checked(text + "vars: {x: 1}\n").Select(line => line.Split(':')[0]);
    }

    private static WorkflowSpec Spec((int From, int To)[] edges, Func<int, string> keys, bool publish = false)
    {
        var count = edges.Length == 0 ? 1 : edges.Max(edge => Math.Max(edge.From, edge.To)) + 1;
        var targets = edges.ToLookup(edge => edge.From, edge => edge.To);
        var parsed = Texts.Spec("tasks: {a: {action: x.y, next: [{when: workflow.x, publish: [x: 1], do: a}]}}").Tasks[0];
        var transition = parsed.Next[0];
        var joined = Texts.Spec("tasks: {a: {action: x.y, join: all}}").Tasks[0].Join;
        var tasks = Enumerable.Range(0, count).Select(task => parsed with
        {
            Name = $"t{task}",
            Order = task,
            At = new(task + 2, 1),
            Join = keys(task) switch
            {
                "" => null,
                "join: all" => joined! with { At = new(task + 2, 1) },
                _ => new JoinSpec(1, new(task + 2, 1)),
            },
            Next =
            [
                transition with
                {
                    Publish = publish ? transition.Publish : [],
                    Do = [.. targets[task].Distinct().Select(target => $"t{target}")],
                    DoAt = default,
                },
            ],
        });
        return Texts.Spec("vars: {x: 1}\n" + Texts.OneTask) with { Tasks = [.. tasks] };
    }

    private static IEnumerable<int> JoinsOnOwnPath((int From, int To)[] edges)
    {
        var count = edges.Length == 0 ? 1 : edges.Max(edge => Math.Max(edge.From, edge.To)) + 1;
        var entries = Enumerable.Range(0, count).Where(task => edges.All(edge => edge.To != task)).ToList();
        return Enumerable.Range(1, count - 1).Where(join =>
        {
            var with = Reached(entries, edges, -1);
            var without = Reached(entries, edges, join);
            return with.Contains(join)
                && edges.Any(edge => edge.To == join && with.Contains(edge.From) && !without.Contains(edge.From));
        });
    }

    private static HashSet<int> Reached(IEnumerable<int> starts, (int From, int To)[] edges, int without)
    {
        var reached = starts.Where(task => task != without).ToHashSet();
        for (var before = -1; before != reached.Count;)
        {
            before = reached.Count;
            reached.UnionWith(edges.Where(edge => reached.Contains(edge.From) && edge.To != without).Select(edge => edge.To));
        }

        return reached;
    }
}
