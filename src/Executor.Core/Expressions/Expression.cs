using System.Collections.Immutable;
using Executor.Core.Expressions.Syntax;
using Executor.Core.Values;

namespace Executor.Core.Expressions;

/// <summary>One expression, read once and evaluated often.</summary>
public sealed class Expression
{
    private readonly Node _node;

    private readonly TextPlaces _places;

    private Expression(string source, TextPlaces places, Node node)
    {
        Source = source;
        _places = places;
        _node = node;
    }

    public string Source { get; }

    /// <summary>Where its first character stands in the file.</summary>
    public Position At => _places.First;

    /// <param name="index">Of a character of <see cref="Source"/>.</param>
    public Position PlaceOf(int index) => _places[index];

    public References References => field ??= ReferenceCollector.Collect(_node);

    /// <exception cref="ExpressionException">Not an expression.</exception>
    public static Expression Parse(string source, Position at) => Parse(source, TextPlaces.Of(source, at));

    /// <inheritdoc cref="Parse(string, Position)"/>
    public static Expression Parse(string source, TextPlaces places) =>
        new(source, places, Parser.Parse(source, places));

    /// <summary>A condition: an expression, alone or in <c>{{ }}</c>.</summary>
    /// <exception cref="ExpressionException">Empty, text around or between braces, or not an expression.</exception>
    public static Expression ParseCondition(string text, Position at) => ParseCondition(text, TextPlaces.Of(text, at));

    /// <inheritdoc cref="ParseCondition(string, Position)"/>
    public static Expression ParseCondition(string text, TextPlaces places) => TemplateText.ReadCondition(text, places);

    /// <returns>A result that is only handed on may lie beside the journal; whether it is true is known without it.</returns>
    /// <exception cref="ExpressionException">It has no value in this scope.</exception>
    /// <exception cref="ContentMissingException">It works on results that are not at hand.</exception>
    public Value Evaluate(Scope scope) => Evaluate(new Evaluation(scope));

    /// <summary>The values of all names and paths in it, in the order of the source: what it decided by.</summary>
    public ImmutableArray<SeenValue> See(Scope scope) =>
        [.. PathCollector.In(_node).Select(found => new SeenValue(found.Path, Find(found.Node, scope)))];

    private static Value? Find(Node node, Scope scope)
    {
        try
        {
            return node.Find(new Evaluation(scope));
        }
        catch (ExpressionException)
        {
            return null;
        }
        catch (ContentMissingException missing)
        {
            return new Value.Stored(missing.Results[0]);
        }
    }

    internal Value Evaluate(Evaluation evaluation) => _node.Evaluate(evaluation);
}
