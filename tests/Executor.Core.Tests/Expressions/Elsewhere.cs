using Executor.Core.Expressions;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Core.Tests.Expressions;

/// <summary>Evaluates expressions over values that lie elsewhere, fetching what they miss.</summary>
internal sealed class Elsewhere
{
    private readonly Dictionary<string, Value> _contents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Value> _names = new(StringComparer.Ordinal);

    /// <summary>Contents that were asked for.</summary>
    public int Fetched { get; private set; }

    /// <summary>How often the evaluation was begun anew.</summary>
    public int Rounds { get; private set; }

    /// <summary>A value that is put in the place of the JSON, and remembered by what it stands for.</summary>
    public Value Of(string json)
    {
        var content = ValueJson.Parse(json);
        var (stored, _) = LargeResult.Write(content)!.Value;
        _contents[stored.Id] = content;
        return new Value.Stored(stored);
    }

    public Elsewhere With(string name, Value value)
    {
        _names[name] = value;
        return this;
    }

    public string Evaluate(string expression)
    {
        var scope = Named(new TestScope(), value => value);
        while (true)
        {
            try
            {
                return Told(() => StoredValues.Whole(
                    Expression.Parse(expression, Position.Start).Evaluate(scope), stored => _contents[stored.Id]));
            }
            catch (ContentMissingException missing)
            {
                Rounds++;
                Fetched += missing.Results.Length;
                var before = scope;
                scope = Named(new TestScope(), value => value);
                foreach (var content in _contents.Keys)
                {
                    Keep(before, scope, content);
                }

                foreach (var stored in missing.Results)
                {
                    scope.WithContent(stored, _contents[stored.Id]);
                }
            }
        }
    }

    /// <summary>The same with everything in its place.</summary>
    public string EvaluateWhole(string expression)
    {
        var scope = Named(new TestScope(), value => StoredValues.Whole(value, stored => _contents[stored.Id]));
        return Told(() => Expression.Parse(expression, Position.Start).Evaluate(scope));
    }

    private static void Keep(TestScope before, TestScope scope, string id)
    {
        var stored = new StoredResult(id, 1, "object", 1, 1);
        if (before.ContentOf(stored) is { } content)
        {
            scope.WithContent(stored, content);
        }
    }

    private TestScope Named(TestScope scope, Func<Value, Value> of)
    {
        foreach (var (name, value) in _names)
        {
            scope.With(name, of(value));
        }

        return scope;
    }

    private static string Told(Func<Value> evaluate)
    {
        try
        {
            return ValueJson.Write(evaluate());
        }
        catch (ExpressionException failed)
        {
            return $"{failed.Error.Code} at {failed.Error.At}: {failed.Error.Message}";
        }
    }
}
