using System.Collections.Immutable;
using System.Text;
using Executor.Core.Expressions;
using Executor.Core.Values;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Executor.Core.Workflows.Yaml;

/// <summary>Text to nodes, from parser events alone.</summary>
/// <remarks>
/// The object model of the YAML library follows nesting without bound and takes the process down with it; the events
/// stop where a limit says so.
/// </remarks>
internal sealed class YamlReader
{
    private readonly Scanner _scanner;
    private readonly Parser _parser;
    private readonly YamlSource _source;
    private readonly ProblemList _problems;
    private readonly YamlAnchors _anchors = new();
    private int _written;
    private int _expanded;

    private YamlReader(YamlSource source, ProblemList problems)
    {
        _scanner = new Scanner(new StringReader(source.Text), skipComments: true);
        _parser = new Parser(_scanner);
        _source = source;
        _problems = problems;
    }

    /// <param name="kept">The text was taken before, and is read as it was then.</param>
    /// <returns>Null when the text cannot be read; then there is at least one problem.</returns>
    public static YamlNode? Read(string text, ProblemList problems, bool kept = false)
    {
        try
        {
            var source = YamlSource.Of(text, kept);
            var reader = new YamlReader(source, problems);
            try
            {
                return reader.Document();
            }
            catch (YamlException broken)
            {
                reader.Tell(broken);
            }
        }
        catch (YamlRefusedException refused)
        {
            problems.Error(refused.Code, refused.Message, refused.At, refused.Advice);
        }

        return null;
    }

    /// <summary>The parser tells of a tab where the text around it begins, or nowhere.</summary>
    private void Tell(YamlException broken)
    {
        if (broken.Message.Contains("tab", StringComparison.Ordinal)
            && _source.IndentingTab((int)broken.Start.Line, (int)_scanner.CurrentPosition.Line) is { } tab)
        {
            _problems.Error(
                ProblemCode.YamlSyntax, "A tab stands in the indentation.", tab, "Indent with spaces; YAML takes no tabs there.");
        }
        else
        {
            _problems.Error(ProblemCode.YamlSyntax, Sentence(broken.Message), _source.Within(broken.Start));
        }
    }

    private YamlNode Document()
    {
        Advance();
        Take();
        if (_parser.Current is StreamEnd)
        {
            return new YamlNode.Scalar("", Value.Null, YamlStyle.Plain, Position.Start, TextPlaces.Of("", Position.Start));
        }

        Take();
        var root = NextNode(1);
        Take();
        if (_parser.Current is DocumentStart second)
        {
            throw new YamlRefusedException(
                ProblemCode.YamlSyntax, "A second document starts here; a file holds one.", YamlSource.At(second.Start));
        }

        return root;
    }

    private YamlNode NextNode(int depth)
    {
        var next = Take();
        if (next is AnchorAlias alias)
        {
            return Alias(alias, depth);
        }

        var at = YamlSource.At(next.Start);
        Count(at);
        var node = (NodeEvent)next;
        if (!node.Anchor.IsEmpty)
        {
            _anchors.Open(node.Anchor.Value, at);
        }

        YamlNode read = node switch
        {
            Scalar scalar => ScalarNode(scalar, at),
            SequenceStart sequence => SequenceNode(sequence, at, depth),
            _ => MappingNode((MappingStart)node, at, depth),
        };
        if (!node.Anchor.IsEmpty)
        {
            _anchors.Close(node.Anchor.Value, read);
        }

        return read;
    }

    private YamlNode Alias(AnchorAlias alias, int depth)
    {
        var at = YamlSource.At(alias.Start);
        var node = _anchors.Find(alias.Value.Value, at);
        Count(at);
        Expand(node.Size - 1, at);
        CheckDepth(depth - 1 + node.Height, at);
        return node;
    }

    private YamlNode.Scalar ScalarNode(Scalar scalar, Position at)
    {
        if (Encoding.UTF8.GetByteCount(scalar.Value) > YamlLimits.ScalarBytes)
        {
            throw Limit($"A text is longer than {YamlLimits.ScalarBytes / 1024} KiB.", at);
        }

        var style = scalar.Style switch
        {
            ScalarStyle.SingleQuoted => YamlStyle.SingleQuoted,
            ScalarStyle.DoubleQuoted => YamlStyle.DoubleQuoted,
            ScalarStyle.Literal => YamlStyle.Literal,
            ScalarStyle.Folded => YamlStyle.Folded,
            _ => YamlStyle.Plain,
        };
        var value = YamlTag.Resolve(scalar, style, at, _problems);
        return new YamlNode.Scalar(scalar.Value, value, style, at, _source.PlacesOf(scalar));
    }

    private YamlNode.Sequence SequenceNode(SequenceStart start, Position at, int depth)
    {
        CheckDepth(depth, at);
        YamlTag.CheckCollection(start.Tag, "seq", at, _problems);
        var items = ImmutableArray.CreateBuilder<YamlNode>();
        while (!TakeEnd<SequenceEnd>())
        {
            items.Add(NextNode(depth + 1));
        }

        return new YamlNode.Sequence(items.ToImmutable(), at);
    }

    private YamlNode.Mapping MappingNode(MappingStart start, Position at, int depth)
    {
        CheckDepth(depth, at);
        YamlTag.CheckCollection(start.Tag, "map", at, _problems);
        var entries = new YamlEntries(_problems);
        while (!TakeEnd<MappingEnd>())
        {
            var key = Key();
            var value = NextNode(depth + 1);
            if (key.Text == "<<" && key.Style == YamlStyle.Plain)
            {
                Expand(entries.Merge(key.At, value), key.At);
            }
            else
            {
                entries.Add(new YamlEntry(key.Text, key.At, value));
            }
        }

        return new YamlNode.Mapping(entries.ToImmutable(), at);
    }

    private YamlNode.Scalar Key()
    {
        var at = YamlSource.At(_parser.Current!.Start);
        if (_parser.Current is not (Scalar or AnchorAlias) || NextNode(1) is not YamlNode.Scalar key)
        {
            throw new YamlRefusedException(ProblemCode.YamlSyntax, "A key must be a text.", at);
        }

        return Encoding.UTF8.GetByteCount(key.Text) <= YamlLimits.KeyBytes
            ? key
            : throw Limit($"A key is longer than {YamlLimits.KeyBytes} bytes.", at);
    }

    private void Count(Position at)
    {
        if (++_written > YamlLimits.Nodes)
        {
            throw Limit($"The text has more than {YamlLimits.Nodes} nodes.", at);
        }

        Expand(1, at);
    }

    private void Expand(int nodes, Position at)
    {
        _expanded += nodes;
        if (_expanded > YamlLimits.ExpandedNodes)
        {
            throw Limit($"With its aliases written out the text has more than {YamlLimits.ExpandedNodes} nodes.", at);
        }
    }

    private static void CheckDepth(int depth, Position at)
    {
        if (depth > YamlLimits.Depth)
        {
            throw Limit($"More than {YamlLimits.Depth} lists and maps are nested here.", at);
        }
    }

    private ParsingEvent Take()
    {
        var taken = _parser.Current!;
        Advance();
        return taken;
    }

    /// <summary>Some broken texts bring the parser into states of which it knows no name; they are broken all the same.</summary>
    private void Advance()
    {
        try
        {
            _parser.MoveNext();
        }
        catch (Exception broken) when (broken is not YamlException)
        {
            throw new YamlRefusedException(
                ProblemCode.YamlSyntax, "The text cannot be read from here on.", _source.Within(_scanner.CurrentPosition));
        }
    }

    private bool TakeEnd<T>()
        where T : ParsingEvent
    {
        if (_parser.Current is not T)
        {
            return false;
        }

        Take();
        return true;
    }

    private static YamlRefusedException Limit(string message, Position at) => new(ProblemCode.YamlLimit, message, at);

    private static string Sentence(string message) => message.EndsWith('.') ? message : message + ".";
}
