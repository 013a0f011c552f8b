namespace Executor.Core.Tests.Workflows;

/// <summary>An expression is told of where it stands in the file, however its text is written there.</summary>
public sealed class PlaceTests
{
    /// <summary>Each text has <c>nope</c> in it, which nothing is called; there it is.</summary>
    public static TheoryData<string, string> Styles => new()
    {
        { "plain", "x: a {{ nope }}" },
        { "plain on two lines", "x: a b\n      c {{ nope }}" },
        { "plain with an empty line", "x: a\n\n\n      b\n      {{ nope }}" },
        { "plain, the expression on two lines", "x: a {{ 1 +\n         nope }}" },
        { "single quoted", "x: 'a {{ nope }}'" },
        { "single quoted with quotes", "x: 'it''s ''{{ nope }}'" },
        { "single quoted on two lines", "x: 'a\n    b   {{ nope }}'" },
        { "single quoted with empty lines", "x: 'a  \n\n\n  b {{ nope }}'" },
        { "double quoted", "x: \"a {{ nope }}\"" },
        { "double quoted with escapes", "x: \"\\\"\\x41\\u00e9\\U0001F600\\n\\t\\/ {{ nope }}\"" },
        { "double quoted with escaped blanks", "x: \"a\\ \\_\\x20 {{ nope }}\"" },
        { "double quoted on two lines", "x: \"a \n       b {{ nope }}\"" },
        { "double quoted, joined", "x: \"a \\\n       \\  b {{ nope }}\"" },
        { "double quoted, escapes inside of the expression", "x: \"{{ \\\"a\\\" ~ nope }}\"" },
        { "literal", "x: |\n      a\n      b {{ nope }}" },
        { "literal with deeper lines", "x: |\n      a\n         b {{ nope }}\n      c" },
        { "literal with a comment and empty lines", "x: |  # {{ here }}\n\n\n      a\n\n      {{ nope }}" },
        { "literal with its indentation said", "x: |2-\n        a\n       {{ nope }}" },
        { "literal, the expression on many lines", "x: |\n      {{\n        1 +\n\n        nope\n      }}" },
        { "folded", "x: >\n      a\n      b {{ nope }}" },
        { "folded with deeper and empty lines", "x: >-\n      a\n\n        b\n\n      c {{ nope }}" },
        { "folded, the expression on many lines", "x: >\n      {{ 1 +\n      2 +\n         nope }}" },
        { "behind a tag", "x: !!str 'a {{ nope }}'" },
        { "behind an anchor", "x: &here \"a {{ nope }}\"" },
        { "behind a tag and an anchor", "x: &here !!str |\n      a {{ nope }}" },
        { "on the next line", "x:\n      # what?\n      'a {{ nope }}'" },
        { "in a flow map", "{x: 'a', y: \"\\t{{ nope }}\", z:\n      'b c\n      {{ [nope, 1] }}'}" },
    };

    [Theory]
    [MemberData(nameof(Styles))]
    public void An_unknown_name_stands_where_it_is_written(string style, string input)
    {
        Assert.NotEmpty(style);
        var text = $"# ä 😀\ntasks:\n  a:\n    action: core.noop\n    input:\n     {input}\n";
        foreach (var written in new[] { text, text.Replace("\n", "\r\n", StringComparison.Ordinal), "\uFEFF" + text })
        {
            Assert.Equal(
                Places(written.TrimStart('\uFEFF'), "nope").Select(at => $"expr.unknown-name {at}"), Texts.Checked(written));
        }
    }

    [Theory]
    [InlineData("when: >-\n      true and\n      nope")]
    [InlineData("when: |\n      true and\n        nope")]
    [InlineData("when: \"true and\n      nope\"")]
    [InlineData("when: 'true and '' '' == nope'")]
    [InlineData("when: true\n      and nope")]
    [InlineData("with_items: >\n      {{ [1,\n      nope] }}")]
    [InlineData("with: >\n      x in\n      nope")]
    [InlineData("with: 'x in ''a'' ~ nope'")]
    [InlineData("delay: |\n\n      {{ nope }}")]
    [InlineData("next: [{when: \"1 == 1 \\\n      and nope\", do: noop}]")]
    [InlineData("next:\n      - publish:\n          - x: >\n              a\n              {{ nope }}\n        do: noop")]
    [InlineData("retry:\n      count: 1\n      when: >\n        failed() and\n        nope")]
    public void So_it_does_behind_every_key(string keys) =>
        AssertPlaces($"tasks:\n  a:\n    action: core.noop\n    {keys}\n", "nope", "expr.unknown-name");

    [Theory]
    [InlineData("action: core.echo message=\"say \\\"x\\\" {{ nope }}\"")]
    [InlineData("action: 'core.echo message=\"it''s {{ nope }}\"'")]
    [InlineData("action: >\n      core.echo\n      x=1\n      message={{ nope }}")]
    [InlineData("action: \"core.echo\\\n      \\ message='a {{ nope }}'\"")]
    public void So_it_does_in_inputs_behind_the_action(string key) =>
        AssertPlaces($"tasks:\n  a:\n    {key}\n", "nope", "expr.unknown-name");

    [Theory]
    [InlineData("do: 'noop, nope'")]
    [InlineData("do: >\n          noop,\n          nope")]
    [InlineData("do: \"noop\\\n          , nope\"")]
    public void So_does_a_target(string key) =>
        AssertPlaces($"tasks:\n  a:\n    action: core.noop\n    next:\n      - {key}\n", "nope", "task.unknown-target");

    [Fact]
    public void What_is_not_closed_stands_where_it_opens() =>
        AssertPlaces("tasks:\n  a:\n    action: core.noop\n    input:\n      x: >\n        a\n        {{ 1\n", "{{", "template.unclosed");

    private static void AssertPlaces(string text, string sought, string code) =>
        Assert.Equal(Places(text, sought).Select(at => $"{code} {at}"), Texts.Checked(text));

    /// <summary>By counting lines and characters.</summary>
    private static IEnumerable<string> Places(string text, string sought)
    {
        var lines = text.Split('\n');
        for (var line = 0; line < lines.Length; line++)
        {
            for (var at = lines[line].IndexOf(sought, StringComparison.Ordinal); at >= 0; at = lines[line].IndexOf(sought, at + 1, StringComparison.Ordinal))
            {
                yield return $"{line + 1}:{at + 1}";
            }
        }
    }
}
