using System.Collections.Immutable;
using System.Text.Json;
using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Core.Runs.Snapshots;

/// <summary>Reads a value on whose first token the reader stands, and leaves it on the last.</summary>
internal delegate T ReadOne<out T>(ref StateReader from);

/// <summary>The way back of <see cref="StateWriter"/>: the same members in the same order, or nothing at all.</summary>
internal ref struct StateReader(ReadOnlySpan<byte> json)
{
    /// <summary>Values are wrapped once more than in JSON, and may be 512 deep.</summary>
    public const int MaxDepth = 2_048;

    private readonly List<object> _known = [];
    private Utf8JsonReader _json = new(json, new JsonReaderOptions { MaxDepth = MaxDepth });

    /// <summary>Whose tasks the visits belong to; null before the run has started.</summary>
    public WorkflowSpec? Workflow { get; set; }

    public readonly JsonTokenType Token => _json.TokenType;

    public bool Flag(string? name = null)
    {
        Advance(name);
        return _json.GetBoolean();
    }

    public int Number(string? name = null)
    {
        Advance(name);
        return _json.GetInt32();
    }

    public long LongNumber(string? name = null)
    {
        Advance(name);
        return _json.GetInt64();
    }

    public string Text(string? name = null) => TextOrNull(name) ?? throw new JsonException("A text is missing.");

    public string? TextOrNull(string? name = null)
    {
        Advance(name);
        return _json.GetString();
    }

    public DateTimeOffset Time(string? name = null)
    {
        Advance(name);
        return _json.GetDateTimeOffset();
    }

    public DateTimeOffset? TimeOrNull(string? name = null)
    {
        Advance(name);
        return Token == JsonTokenType.Null ? null : _json.GetDateTimeOffset();
    }

    public TimeSpan Duration(string? name = null) => new(LongNumber(name));

    public T Word<T>(string? name = null)
        where T : struct, Enum => WordOrNull<T>(name) ?? throw new JsonException("A word is missing.");

    public T? WordOrNull<T>(string? name = null)
        where T : struct, Enum
    {
        Advance(name);
        return Token == JsonTokenType.Null ? null : WordHere<T>();
    }

    public readonly T WordHere<T>()
        where T : struct, Enum =>
        Enum.TryParse<T>(_json.GetString(), out var value) && Enum.IsDefined(value)
            ? value
            : throw new JsonException($"No {typeof(T).Name}.");

    public Slot Slot(string? name = null)
    {
        Advance(name);
        return SlotHere();
    }

    public Slot SlotHere()
    {
        Require(JsonTokenType.StartArray);
        var slot = new Slot(TextOrNull()!, Number(), Number(), Number());
        End(JsonTokenType.EndArray);
        return slot;
    }

    public Value Value(string? name = null) => ValueOrNull(name) ?? throw new JsonException("A value is missing.");

    public Value? ValueOrNull(string? name = null)
    {
        Advance(name);
        if (Token != JsonTokenType.StartArray)
        {
            return SharedValues.Read(ref this);
        }

        End(JsonTokenType.EndArray);
        return null;
    }

    public Value.Map Map(string? name = null) =>
        Value(name) as Value.Map ?? throw new JsonException("An object was expected.");

    public readonly ulong WordOfBits() => _json.GetUInt64();

    public Value Scalar() => ValueJson.ReadFrom(ref _json);

    public ImmutableArray<T> List<T>(ReadOne<T> one, string? name = null) => ListOrNull(one, name)
        ?? throw new JsonException("A list is missing.");

    public ImmutableArray<T>? ListOrNull<T>(ReadOne<T> one, string? name = null)
    {
        Advance(name);
        return Token == JsonTokenType.Null ? null : ListHere(one);
    }

    public ImmutableArray<T> ListHere<T>(ReadOne<T> one)
    {
        Require(JsonTokenType.StartArray);
        var list = ImmutableArray.CreateBuilder<T>();
        while (!Ends(JsonTokenType.EndArray))
        {
            list.Add(one(ref this));
        }

        return list.DrainToImmutable();
    }

    public ImmutableArray<int> Numbers(string? name = null) => List(static (ref from) => from._json.GetInt32(), name);

    public ImmutableArray<int>? NumbersOrNull(string? name = null) =>
        ListOrNull(static (ref from) => from._json.GetInt32(), name);

    public ImmutableArray<int> NumbersHere() => ListHere(static (ref from) => from._json.GetInt32());

    /// <param name="one">Not called on null.</param>
    public T? Part<T>(ReadOne<T> one, string? name = null)
        where T : class
    {
        Advance(name);
        return Token == JsonTokenType.Null ? null : one(ref this);
    }

    public T? Shared<T>(ReadOne<T> one, string? name = null)
        where T : class
    {
        Advance(name);
        return SharedHere(one);
    }

    public T? SharedHere<T>(ReadOne<T> one)
        where T : class
    {
        if (Token == JsonTokenType.Null)
        {
            return null;
        }

        if (Token == JsonTokenType.Number)
        {
            return Known<T>(_json.GetInt32());
        }

        var part = one(ref this);
        Remember(part);
        return part;
    }

    public readonly T Known<T>(int number)
        where T : class =>
        number >= 0 && number < _known.Count && _known[number] is T part
            ? part
            : throw new JsonException($"Part {number} is no {typeof(T).Name}.");

    public readonly void Remember(object part) => _known.Add(part);

    public readonly void Require(JsonTokenType token)
    {
        if (Token != token)
        {
            throw new JsonException($"Expected {token}, came {Token}.");
        }
    }

    public void End(JsonTokenType token)
    {
        _json.Read();
        Require(token);
    }

    /// <returns>True on this token; else the reader stands on the first token of the next value.</returns>
    public bool Ends(JsonTokenType token) => !_json.Read() || Token == token;

    public void Begin(string? name = null)
    {
        Advance(name);
        Require(JsonTokenType.StartObject);
    }

    public string PropertyHere()
    {
        Require(JsonTokenType.PropertyName);
        return _json.GetString()!;
    }

    public void Advance(string? name = null)
    {
        _json.Read();
        if (name is not null)
        {
            if (Token != JsonTokenType.PropertyName || !_json.ValueTextEquals(name))
            {
                throw new JsonException($"Expected member '{name}'.");
            }

            _json.Read();
        }
    }
}
