using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Core.Tests.Runs;

/// <summary>No entry becomes huge or unwritable through the text of an error, whoever wrote it.</summary>
public sealed partial class ErrorTextTests
{
    private static readonly string Huge = "\0\ud800" + new string('x', 1_000_000);

    [Fact]
    public void What_fits_is_kept_as_it_is()
    {
        foreach (var text in new[] { "", "It broke.", new string('x', ErrorText.MostBytes), "😀 é" })
        {
            Assert.Same(text, ErrorText.Of(text));
        }
    }

    [Fact]
    public void What_is_longer_is_cut_between_two_characters_and_tells_how_much_is_missing()
    {
        foreach (var character in new[] { "x", "é", "世", "😀" })
        {
            for (var shift = 0; shift < 4; shift++)
            {
                var text = new string('-', shift) + string.Concat(Enumerable.Repeat(character, ErrorText.MostBytes + 1));

                var kept = ErrorText.Of(text);

                var note = Note().Match(kept);
                var head = kept[..note.Index];
                Assert.StartsWith(head, text, StringComparison.Ordinal);
                Assert.DoesNotContain('\uFFFD', head);
                Assert.Equal(
                    Encoding.UTF8.GetByteCount(text),
                    Encoding.UTF8.GetByteCount(head) + int.Parse(note.Groups[1].Value, CultureInfo.InvariantCulture));
                Assert.InRange(Encoding.UTF8.GetByteCount(kept), ErrorText.MostBytes - 64, ErrorText.MostBytes);
                Assert.Same(kept, ErrorText.Of(kept));
            }
        }
    }

    [Fact]
    public void What_no_store_keeps_is_replaced()
    {
        Assert.Equal("a\uFFFDb", ErrorText.Of("a\0b"));
        Assert.Equal("a\uFFFD", ErrorText.Of("a\ud800"));
        Assert.Equal("\uFFFD\uFFFDb", ErrorText.Of("\udc00\ud800b"));
        Assert.Equal("\ud83d\ude00\uFFFD", ErrorText.Of("\ud83d\ude00\0"));
    }

    [Fact]
    public void The_error_of_a_worker_is_cut_and_conditions_see_what_is_kept()
    {
        var run = Scenario.OfFlow("""
            a: retry: {count: 1, when: "length(error()) < 10000"}
            a -F-> b
            b: input: {e: "{{ length(error()) < 10000 }}"}
            """);
        for (var attempt = 0; attempt < 2; attempt++)
        {
            var slot = run.Run.InFlight.Keys.Single();
            run.Give(new RunCommand.FinishItem(
                slot, new ItemOutcome(SlotStatus.Failed, Value.Null, Huge, Huge), run.Now));
            EveryTextIsBounded(run);
        }

        Assert.Equal(["a", "a#2", "b"], run.Sent);
        Assert.Equal("""{"e":true}""", run.Input("b").ToString());
    }

    [Fact]
    public void Reasons_from_outside_are_cut()
    {
        EveryTextIsBounded(Scenario.OfFlow("a").Give(new RunCommand.Cancel(Huge, Scenario.Begin)).End("a", SlotStatus.Cancelled));
        EveryTextIsBounded(Scenario.OfFlow("a").Give(new RunCommand.GiveUp(null, Huge, Scenario.Begin)).Succeed("a"));
        var run = Scenario.OfFlow("a");
        EveryTextIsBounded(run.Give(new RunCommand.GiveUp(run.SlotOf("a"), Huge, Scenario.Begin)));
    }

    [Fact]
    public void Errors_that_name_what_a_workflow_wrote_are_cut()
    {
        var name = new string('n', 8_150);

        EveryTextIsBounded(Scenario.Of($$$"""
            tasks:
              - name: a
                action: core.noop
                next: [{when: "result().{{{name}}} > 1", publish: [p: "{{ {{{name}}}() }}"], do: b}]
              - name: b
                action: core.noop
            """).Succeed("a"));
        EveryTextIsBounded(Scenario.Of($$$"""
            tasks:
              - name: a
                action: core.noop
                input: {x: "{{ parameters.{{{name}}} }}"}
            """));
        EveryTextIsBounded(Scenario.Of($$$"""
            tasks:
              - name: a
                action: core.noop
                with_items: "{{ [parameters.{{{name}}}] }}"
            output_map: {x: "{{ task.a.result.{{{name}}} }}"}
            """));
    }

    [Fact]
    public void The_error_of_a_run_with_many_problems_is_cut()
    {
        var tasks = Enumerable.Range(0, 1_000).Select(task => $"a_task_with_a_rather_long_name_{task}\n");
        var run = Scenario.OfFlow(string.Concat(tasks));
        foreach (var slot in run.Run.InFlight.Keys)
        {
            run.Finish(slot, SlotStatus.Failed);
        }

        EveryTextIsBounded(run);
        Assert.Matches(Note(), run.Error);
    }

    private static void EveryTextIsBounded(Scenario run)
    {
        Assert.NotEmpty(run.Last);
        foreach (var happened in run.Events.Where(happened => happened is not RunEvent.RunStarted))
        {
            foreach (var text in TextsIn(happened))
            {
                Assert.InRange(Encoding.UTF8.GetByteCount(text), 0, ErrorText.MostBytes);
                Assert.True(StorableText.Is(text), happened.GetType().Name);
            }
        }
    }

    private static IEnumerable<string> TextsIn(object part) => part.GetType().GetProperties()
        .Where(property => property.GetIndexParameters().Length == 0)
        .Select(property => property.GetValue(part))
        .SelectMany(value => value switch
        {
            string text => [text],
            ItemOutcome or RunProblem => TextsIn(value),
            _ => [],
        });

    [GeneratedRegex(@"… \[(\d+) bytes cut\]$")]
    private static partial Regex Note();
}
