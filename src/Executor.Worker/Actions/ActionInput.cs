using Executor.Core.Values;

namespace Executor.Worker.Actions;

/// <summary>The rendered input of one attempt. A key with the value null counts as absent.</summary>
public sealed class ActionInput(Value.Map map)
{
    public Value.Map Map => map;

    public bool Has(string key) => Find(key) is not null;

    /// <summary>Null when absent; numbers and booleans are written as text.</summary>
    public string? Text(string key) => Find(key) switch
    {
        null => null,
        Value.Text text => text.Content,
        Value.Int or Value.Float or Value.Bool => Find(key)!.ToString(),
        var other => throw Wrong(key, "a text", other),
    };

    public string RequiredText(string key) => Text(key) ?? throw Missing(key);

    public bool Flag(string key, bool absent = false) => Find(key) switch
    {
        null => absent,
        Value.Bool flag => flag.Content,
        var other => throw Wrong(key, "true or false", other),
    };

    public long? Integer(string key) => Find(key) switch
    {
        null => null,
        Value.Int number => number.Content,
        var other => throw Wrong(key, "an integer", other),
    };

    /// <summary>A number of seconds.</summary>
    public TimeSpan? Seconds(string key, TimeSpan longest)
    {
        var seconds = Find(key) switch
        {
            null => (double?)null,
            Value.Int number => number.Content,
            Value.Float number => number.Content,
            var other => throw Wrong(key, "a number of seconds", other),
        };
        return seconds is null ? null
            : seconds >= 0 && seconds <= longest.TotalSeconds ? TimeSpan.FromSeconds(seconds.Value)
            : throw new ActionInputException("input.range", $"'{key}' must be 0 to {longest.TotalSeconds} seconds.");
    }

    public Value.Map? Object(string key) => Find(key) switch
    {
        null => null,
        Value.Map value => value,
        var other => throw Wrong(key, "an object", other),
    };

    public Value.List? List(string key) => Find(key) switch
    {
        null => null,
        Value.List value => value,
        var other => throw Wrong(key, "an array", other),
    };

    /// <exception cref="ActionInputException">There is a key that is not among the known ones.</exception>
    public void Only(params ReadOnlySpan<string> known)
    {
        foreach (var (key, _) in map)
        {
            if (!known.Contains(key))
            {
                throw new ActionInputException(
                    "input.unknown", $"There is no input '{key}'; known are {string.Join(", ", known)}.");
            }
        }
    }

    public static ActionInputException Missing(string key) => new("input.missing", $"The input '{key}' is missing.");

    public static ActionInputException Wrong(string key, string expected, Value actual) =>
        new("input.type", $"'{key}' must be {expected}, not {actual.Kind}.");

    private Value? Find(string key) => map.TryGet(key, out var value) && !value.IsNull ? value : null;
}
