using System.Collections.Immutable;
using Executor.Core.Expressions;
using Executor.Core.Values;

namespace Executor.Core.Workflows.Yaml;

/// <summary>A node of a YAML text. An alias is the very node of its anchor, so the tree may share parts.</summary>
public abstract class YamlNode
{
    private YamlNode(Position at, int size, int height)
    {
        At = at;
        Size = size;
        Height = height;
    }

    public Position At { get; }

    /// <summary>Nodes in it, itself included, with every alias written out.</summary>
    internal int Size { get; }

    /// <summary>Collections inside each other, itself included.</summary>
    internal int Height { get; }

    public abstract Value ToValue();

    /// <param name="text">As written, without quotes and escapes.</param>
    /// <param name="value">What it means: a plain <c>5</c> is an integer, a quoted one a text.</param>
    /// <param name="places">Where the characters of <paramref name="text"/> stand, behind a quote or a block mark.</param>
    public sealed class Scalar(string text, Value value, YamlStyle style, Position at, TextPlaces places)
        : YamlNode(at, 1, 0)
    {
        public string Text { get; } = text;

        public Value Value { get; } = value;

        public YamlStyle Style { get; } = style;

        public TextPlaces Places { get; } = places;

        public override Value ToValue() => Value;
    }

    public sealed class Sequence(ImmutableArray<YamlNode> items, Position at)
        : YamlNode(at, 1 + items.Sum(item => item.Size), 1 + items.Select(item => item.Height).DefaultIfEmpty().Max())
    {
        public ImmutableArray<YamlNode> Items { get; } = items;

        public override Value ToValue() => Value.Of(Items.Select(item => item.ToValue()));
    }

    /// <param name="entries">Keys are unique; merged ones stand where their <c>&lt;&lt;</c> stood.</param>
    public sealed class Mapping(ImmutableArray<YamlEntry> entries, Position at)
        : YamlNode(
            at,
            1 + entries.Sum(entry => 1 + entry.Value.Size),
            1 + entries.Select(entry => entry.Value.Height).DefaultIfEmpty().Max())
    {
        public ImmutableArray<YamlEntry> Entries { get; } = entries;

        public override Value ToValue() =>
            new Value.Map([.. Entries.Select(entry => KeyValuePair.Create(entry.Key, entry.Value.ToValue()))]);
    }
}

/// <summary>A key of a mapping with its value.</summary>
public sealed record YamlEntry(string Key, Position KeyAt, YamlNode Value);

/// <summary>How a node was written.</summary>
public enum YamlStyle
{
    Plain,
    SingleQuoted,
    DoubleQuoted,
    Literal,
    Folded,
}
