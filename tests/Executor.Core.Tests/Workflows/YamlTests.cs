using System.Globalization;
using System.Text;
using Executor.Core.Expressions;
using Executor.Core.Values;
using Executor.Core.Workflows.Yaml;

namespace Executor.Core.Tests.Workflows;

public sealed class YamlTests
{
    [Theory]
    [InlineData("null", "null")]
    [InlineData("~", "null")]
    [InlineData("true", "true")]
    [InlineData("False", "false")]
    [InlineData("5", "5")]
    [InlineData("-5", "-5")]
    [InlineData("+5", "5")]
    [InlineData("0x1F", "31")]
    [InlineData("0o17", "15")]
    [InlineData("1.5", "1.5")]
    [InlineData(".5", "0.5")]
    [InlineData("1e3", "1000.0")]
    [InlineData("no", "\"no\"")]
    [InlineData("yes", "\"yes\"")]
    [InlineData("on", "\"on\"")]
    [InlineData("012", "\"012\"")]
    [InlineData("1_000", "\"1_000\"")]
    [InlineData("1:30", "\"1:30\"")]
    [InlineData("2024-01-31", "\"2024-01-31\"")]
    [InlineData(".inf", "\".inf\"")]
    [InlineData(".nan", "\".nan\"")]
    [InlineData("0x", "\"0x\"")]
    [InlineData("-", "[null]")]
    [InlineData("'5'", "\"5\"")]
    [InlineData("\"true\"", "\"true\"")]
    [InlineData("!!str 5", "\"5\"")]
    [InlineData("!!float 5", "5.0")]
    [InlineData("!!int \"5\"", "5")]
    public void A_scalar_means_what_YAML_1_2_says(string text, string json) =>
        Assert.Equal(json, Texts.Yaml(text).ToValue().ToString());

    [Theory]
    [InlineData("9223372036854775807", null)]
    [InlineData("9223372036854775808", "yaml.limit 1:1")]
    [InlineData("0xFFFFFFFFFFFFFFFFFFFFFFFF", "yaml.limit 1:1")]
    [InlineData("1e999", "yaml.limit 1:1")]
    public void A_number_beyond_64_bits_is_refused_and_never_changed(string text, string? problem) =>
        Assert.Equal(problem, Texts.YamlProblems(text).SingleOrDefault());

    [Fact]
    public void Every_node_knows_its_line_and_column()
    {
        var root = (YamlNode.Mapping)Texts.Yaml("a: 1\nb:\n  - x\n  - \"y\"\nc: |\n\n   text\n");

        Assert.Equal(new Position(2, 1), root.Entries[1].KeyAt);
        var list = (YamlNode.Sequence)root.Entries[1].Value;
        Assert.Equal(new Position(3, 5), list.Items[0].At);
        Assert.Equal(new Position(4, 5), list.Items[1].At);
        Assert.Equal(new Position(4, 6), ((YamlNode.Scalar)list.Items[1]).Places.First);
        Assert.Equal(new Position(7, 4), ((YamlNode.Scalar)root.Entries[2].Value).Places.First);
    }

    [Fact]
    public void Carriage_returns_and_a_byte_order_mark_change_neither_values_nor_positions()
    {
        var plain = (YamlNode.Mapping)Texts.Yaml("a: 1\nb: |\n  x\n  y\n");
        var windows = (YamlNode.Mapping)Texts.Yaml("\uFEFFa: 1\r\nb: |\r\n  x\r\n  y\r\n");

        Assert.Equal(plain.ToValue(), windows.ToValue());
        Assert.Equal(plain.Entries.Select(entry => entry.KeyAt), windows.Entries.Select(entry => entry.KeyAt));
    }

    [Theory]
    [InlineData("a: 1\nb: 2\na: 3\na: 4", "yaml.duplicate-key 3:1", "yaml.duplicate-key 4:1")]
    [InlineData("{a: {x: 1, x: 2}, a: 3}", "yaml.duplicate-key 1:12", "yaml.duplicate-key 1:19")]
    public void A_key_that_stands_twice_is_refused_with_both_places(string text, params string[] problems)
    {
        Assert.Equal(problems, Texts.YamlProblems(text));
        Assert.Contains("1:1 and again at 3:1", YamlText.Read("a: 1\nb: 2\na: 3").Problems[0].Message);
    }

    [Fact]
    public void Merge_keys_give_what_is_not_written_itself()
    {
        var root = Texts.Yaml("base: &b {x: 1, y: 2}\nmore: &m {y: 3, z: 4}\nall: {<<: [*b, *m], y: 9, w: 5}\nq: {'<<': 1}");

        var all = ((YamlNode.Mapping)root).Entries[2].Value.ToValue();
        Assert.Equal("""{"x":1,"z":4,"y":9,"w":5}""", all.ToString());
        Assert.Equal("""{"<<":1}""", ((YamlNode.Mapping)root).Entries[3].Value.ToValue().ToString());
    }

    [Theory]
    [InlineData("a: *missing", "yaml.syntax 1:4")]
    [InlineData("a: &x [1, *x]", "yaml.syntax 1:11")]
    [InlineData("&x {<<: *x}", "yaml.syntax 1:9")]
    [InlineData("{<<: 5}", "yaml.syntax 1:6")]
    [InlineData("a: !!python/object x", "yaml.syntax 1:4")]
    [InlineData("a: !custom x", "yaml.syntax 1:4")]
    [InlineData("a: !!set {x}", "yaml.syntax 1:4")]
    [InlineData("a: !!int x", "yaml.syntax 1:4")]
    [InlineData("a: 1\n---\nb: 2", "yaml.syntax 2:1")]
    [InlineData("? [a]\n: 1", "yaml.syntax 1:3")]
    [InlineData("? ? ? ? ? a", "yaml.syntax 1:3")]
    [InlineData("a: [1, -]", "yaml.syntax 1:8")]
    [InlineData("a: [1", "yaml.syntax 1:6")]
    [InlineData("a: 1\n\tb: 2", "yaml.syntax 2:1")]
    [InlineData("a:\n\tb: 2", "yaml.syntax 2:1")]
    [InlineData("a:\n  b:\n  \tc: 1", "yaml.syntax 3:3")]
    [InlineData("a:\n  - b: 1\n  -\tc\n\t- d", "yaml.syntax 4:1")]
    [InlineData("a: |\n  x\n  \ty\nb: 1\n\tc: 1", "yaml.syntax 5:1")]
    [InlineData("a: |\n\tx", "yaml.syntax 2:1")]
    [InlineData("a: 'x\n\ty'\nb:\n\tc: 1\n\td: 1", "yaml.syntax 4:1")]
    [InlineData("a: \"\0\"", "yaml.syntax 1:5")]
    [InlineData("a: 1\nb: \u0007", "yaml.syntax 2:4")]
    public void What_is_not_plain_data_is_refused_by_place(string text, string problem) =>
        Assert.Equal([problem], Texts.YamlProblems(text));

    [Fact]
    public void Half_a_character_is_refused_by_place()
    {
        Assert.Equal(["yaml.syntax 1:4"], Texts.YamlProblems("a: \uD800"));
        Assert.Equal(["yaml.syntax 1:5"], Texts.YamlProblems("a: x\uDC00y"));
        Assert.Empty(Texts.YamlProblems("a: \uD83D\uDE00"));
    }

    public static TheoryData<char> HiddenBreaks => ['\u0085', '\u2028', '\u2029'];

    /// <summary>Some programs end the line there, and with it a comment; what stands behind it would be seen by none.</summary>
    [Theory]
    [MemberData(nameof(HiddenBreaks))]
    public void A_character_that_only_some_programs_take_for_a_line_break_is_refused_by_place(char hidden)
    {
        var problem = Assert.Single(YamlText.Read($"a: 1\nb: 2 # nothing{hidden}c: 3").Problems);

        var code = ((int)hidden).ToString("X4", CultureInfo.InvariantCulture);
        Assert.Equal(("yaml.syntax", "2:15"), (problem.Code, problem.At.ToString()));
        Assert.Equal($"The character U+{code} ends the line for some programs and not for others.", problem.Message);
        Assert.Equal($"Remove it; in a value write \"\\u{code}\", in double quotes.", problem.Advice);
        Assert.Equal(["yaml.syntax 1:6"], Texts.YamlProblems($"a: on{hidden}e"));
        Assert.Equal(["yaml.syntax 2:6"], Texts.YamlProblems($"a: |\n  one{hidden}        two"));
        Assert.Equal(["yaml.syntax 2:5"], Texts.YamlProblems($"a: >\r  on{hidden}e"));
        Assert.Equal(["yaml.syntax 3:3"], Texts.YamlProblems($"a: >\r\n  b\r\n  {hidden}c"));
        Assert.Equal(["yaml.syntax 1:6"], Texts.YamlProblems($"a: \"b{hidden}c\""));
        Assert.Equal(["yaml.syntax 1:6"], Texts.YamlProblems($"a: 'b{hidden}c'"));
        Assert.Equal(["yaml.syntax 1:2"], Texts.YamlProblems($"a{hidden}: 1"));
    }

    [Theory]
    [InlineData(@"\N", '\u0085')]
    [InlineData(@"\x85", '\u0085')]
    [InlineData(@"\L", '\u2028')]
    [InlineData(@"\P", '\u2029')]
    [InlineData(@"\u2028", '\u2028')]
    [InlineData(@"\U00002029", '\u2029')]
    public void Such_a_character_is_written_as_an_escape_and_kept(string escape, char meant)
    {
        var root = (YamlNode.Mapping)Texts.Yaml($"a: \"one{escape}  two {{{{ x }}}}\"");

        var text = (YamlNode.Scalar)root.Entries[0].Value;
        Assert.Equal($"one{meant}  two {{{{ x }}}}", text.Text);
        Assert.Equal(new Position(1, 17 + escape.Length), text.Places[text.Text.IndexOf('x', StringComparison.Ordinal)]);
    }

    [Fact]
    public void An_explicit_document_mark_and_an_empty_text_are_read()
    {
        Assert.Equal("""{"a":1}""", Texts.Yaml("%YAML 1.2\n---\na: 1\n...\n").ToValue().ToString());
        Assert.Equal(Value.Null, Texts.Yaml("# nothing\n").ToValue());
    }

    public static TheoryData<string, string> Bombs => new()
    {
        { "nested lists", new string('[', 100_000) },
        { "nested maps", string.Concat(Enumerable.Repeat("{a: ", 50_000)) },
        { "nested block lists", string.Concat(Enumerable.Repeat("- ", 100_000)) },
        { "million keys", string.Concat(Enumerable.Range(0, 90_000).Select(key => $"k{key}: 1\n")) },
        { "long text", "a: " + new string('x', YamlLimits.ScalarBytes + 1) },
        { "long key", new string('\u20AC', YamlLimits.KeyBytes / 2) + ": 1" },
        { "long file", new string('#', YamlLimits.TextBytes + 1) },
        { "many bytes in few characters", new string('\u20AC', (YamlLimits.TextBytes / 3) + 1) },
        { "many anchors", string.Concat(Enumerable.Range(0, YamlLimits.Anchors + 1).Select(i => $"- &a{i} x\n")) },
        { "aliases of aliases", AliasBomb("[{0}]") },
        { "merges of merges", MergeBomb() },
        { "deep aliases", DeepAliases() },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public void A_text_that_would_grow_without_bound_is_refused_at_once(string name, string text)
    {
        Assert.NotEmpty(name);
        Assert.StartsWith("yaml.limit", Assert.Single(Texts.YamlProblems(text)), StringComparison.Ordinal);
    }

    [Fact]
    public void Sixty_four_levels_are_read_and_one_more_is_not()
    {
        var most = new string('[', YamlLimits.Depth) + new string(']', YamlLimits.Depth);

        Assert.Empty(Texts.YamlProblems(most));
        Assert.Equal(["yaml.limit 1:65"], Texts.YamlProblems($"[{most}]"));
    }

    [Fact]
    public void Aliases_share_their_node_and_count_once_as_written()
    {
        var items = string.Join(", ", Enumerable.Repeat("*x", 5_000));

        var root = (YamlNode.Mapping)Texts.Yaml($"a: &x [1, 2, 3]\nb: [{items}]");

        var list = (YamlNode.Sequence)root.Entries[1].Value;
        Assert.All(list.Items, item => Assert.Same(root.Entries[0].Value, item));
    }

    [Fact]
    public void A_file_that_is_not_UTF_8_is_refused_by_line()
    {
        Assert.True(YamlText.TryDecode("a: é"u8, out var text, out _));
        Assert.Equal("a: é", text);

        Assert.False(YamlText.TryDecode([.. "a: 1\nb: "u8, 0xFF], out _, out var problem));
        Assert.Equal(("yaml.syntax", new Position(2, 1)), (problem.Code, problem.At));
        Assert.False(YamlText.TryDecode(Encoding.Unicode.GetPreamble(), out _, out _));
    }

    private static string AliasBomb(string shape)
    {
        var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (var level = 1; level < 12; level++)
        {
            var aliases = string.Join(", ", Enumerable.Repeat($"*a{level - 1}", 9));
            text.Append($"a{level}: &a{level} {string.Format(null, shape, aliases)}\n");
        }

        return text.ToString();
    }

    private static string MergeBomb()
    {
        var keys = string.Join(", ", Enumerable.Range(0, 1_000).Select(key => $"k{key}: 1"));
        return $"base: &b {{{keys}}}\n" + string.Concat(Enumerable.Range(0, 200).Select(i => $"m{i}: {{<<: *b}}\n"));
    }

    private static string DeepAliases()
    {
        var text = new StringBuilder("a0: &a0 [x]\n");
        for (var level = 1; level < 90; level++)
        {
            text.Append($"a{level}: &a{level} [*a{level - 1}]\n");
        }

        return text.ToString();
    }
}
