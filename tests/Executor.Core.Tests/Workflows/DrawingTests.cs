using System.Text.RegularExpressions;
using Executor.Core.Workflows.Drawing;

namespace Executor.Core.Tests.Workflows;

/// <summary>Whatever a workflow says, a picture of it says nothing else.</summary>
public sealed class DrawingTests
{
    private const string Hostile =
        "label: \"x\\\"] --> evil\\n%%{init: {}}%%\"\n"
        + "tasks:\n  a:\n    action: x.y\n    when: \"'<script>`#quot;{{{' ~ \\\"]; t9 -> t9 [\\\" ~ '\\\\\\\\'\"\n"
        + "    next: [{when: \"'|x|\\\"' == '-->'\", do: graph}]\n  graph: {action: x.y}\n";

    [Fact]
    public void In_mermaid_labels_are_closed_only_where_they_end()
    {
        var lines = Mermaid.Write(Texts.Spec(Hostile)).TrimEnd('\n').Split('\n');

        Assert.Equal(7, lines.Length);
        Assert.All(lines.Skip(4).Take(2), line => Assert.Matches("^    t[01]\\[\"[^\"<>`%]*(<br/>[^\"<>`%]*)*\"\\]$", line));
        Assert.Matches("^    t0 -->\\|\"[^\"<>`%]*\"\\| t1$", lines[6]);
        Assert.DoesNotContain(lines, line => line.Contains("%%{", StringComparison.Ordinal) && !line.StartsWith("title", StringComparison.Ordinal));
    }

    [Fact]
    public void In_dot_strings_are_closed_only_where_they_end()
    {
        var text = Dot.Write(Texts.Spec(Hostile));

        var outside = Regex.Replace(text, "\"(\\\\.|[^\"\\\\])*\"", "S");
        Assert.DoesNotContain("\"", outside, StringComparison.Ordinal);
        Assert.Contains("t0 [label=S];\n    t1 [label=S];\n    t0 -> t1 [label=S];\n}\n", outside, StringComparison.Ordinal);
    }

    [Fact]
    public void Ways_of_a_decision_say_which_comes_first()
    {
        var spec = Texts.Spec("tasks: {a: {action: x.y, decision: [{when: failed(), next: fail}, {when: skipped(), next: noop}, {next: b}]}, b: {action: x.y}}");

        Assert.Contains(
            "t0 -->|\"failed()\"| command_fail\n    t0 -->|\"else skipped()\"| command_noop\n    t0 -->|\"else\"| t1\n",
            Mermaid.Write(spec), StringComparison.Ordinal);
    }

    [Fact]
    public void A_task_that_is_called_like_a_word_of_the_picture_is_drawn_by_its_number()
    {
        var spec = Texts.Spec("tasks: {end: {action: x.y, next: [{do: [subgraph, noop]}]}, subgraph: {action: x.y}}");

        Assert.Contains("t0 --> t1\n    t0 --> command_noop\n", Mermaid.Write(spec), StringComparison.Ordinal);
        Assert.Contains("t0 -> t1;\n    t0 -> command_noop;\n", Dot.Write(spec), StringComparison.Ordinal);
    }
}
