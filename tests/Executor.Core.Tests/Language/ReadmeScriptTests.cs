using System.Collections.Immutable;
using System.Reflection;
using System.Text.RegularExpressions;
using Executor.Core.Rehearsing;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.Language;

/// <summary>The README's chapter about the scripts of rehearsals: it names every key, and its example goes as it says.</summary>
public sealed class ReadmeScriptTests
{
    private static readonly string Chapter = Readme.Chapter("### Rehearsal scripts");
    private static readonly Regex Block = new("```yaml\n(.*?)```", RegexOptions.Singleline);

    [Fact]
    public void Every_key_has_its_line()
    {
        var keys = typeof(ScriptKeys).GetFields(BindingFlags.Public | BindingFlags.Static)
            .SelectMany(field => (ImmutableArray<string>)field.GetValue(null)!).ToList();

        Assert.True(keys.Count > 20);
        Assert.Equal([], keys.Where(key => !Chapter.Contains($"\n| `{key}` |", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_example_goes_as_it_says()
    {
        var language = Readme.Chapter("## The language by example");
        var workflow = Blocks(language).Single(text => text.Contains("\nref: demo.rollout\n", StringComparison.Ordinal));
        var script = Blocks(Chapter).Single();
        var spec = WorkflowCheck.Run(workflow, "readme").Spec!;
        var reading = ScriptReader.Read(script, spec);
        Assert.Empty(reading.Problems);

        var (report, refusal) = Rehearsal.Of(spec, reading.Script!);

        Assert.Null(refusal);
        Assert.Empty(reading.Script!.Expect.Misses(report!));
        Assert.NotEmpty(reading.Script.Expect.Misses(report! with { Dispatches = [] }));
    }

    private static IEnumerable<string> Blocks(string chapter) =>
        Block.Matches(chapter).Select(block => block.Groups[1].Value);
}
