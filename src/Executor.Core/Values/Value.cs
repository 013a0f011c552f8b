using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Executor.Core.Values;

/// <summary>A JSON value with 64-bit integers apart from floats; immutable, compared by content.</summary>
/// <remarks>
/// Equality is the language's <c>==</c>: 3 equals 3.0, the order of keys is irrelevant, unlike kinds are unequal.
/// </remarks>
[JsonConverter(typeof(ValueJson))]
public abstract class Value : IEquatable<Value>
{
    public static readonly Value Null = new Nothing();
    public static readonly Value True = new Bool(true);
    public static readonly Value False = new Bool(false);

    private Value()
    {
    }

    /// <summary>The name that <c>type_of</c> gives: null, bool, number, string, array or object.</summary>
    public abstract string Kind { get; }

    public bool IsNull => this is Nothing;

    /// <summary>
    /// Values and characters in it, shared parts counted as often as they appear; JSON is at least about as long.
    /// </summary>
    public virtual long Weight => 1;

    /// <summary>Containers inside each other: 0 for a scalar, 1 for a flat container.</summary>
    public virtual int Depth => 0;

    /// <summary>It is, or somewhere in it is, a <see cref="Stored"/>.</summary>
    public virtual bool HasStored => false;

    /// <summary>False for null, false, 0, 0.0, "", [] and {}; true for all else.</summary>
    public abstract bool IsTruthy { get; }

    public static Value Of(bool value) => value ? True : False;

    public static Value Of(long value) => new Int(value);

    public static Value Of(double value) => new Float(value);

    public static Value Of(string? value) => value is null ? Null : new Text(value);

    public static Value Of(IEnumerable<Value> values) => new List([.. values]);

    public static bool operator ==(Value? left, Value? right) => left is null ? right is null : left.Equals(right);

    public static bool operator !=(Value? left, Value? right) => !(left == right);

    public abstract bool Equals(Value? other);

    public sealed override bool Equals(object? obj) => obj is Value other && Equals(other);

    public abstract override int GetHashCode();

    /// <summary>Compact JSON.</summary>
    public sealed override string ToString() => ValueJson.Write(this);

    /// <summary>The same for an integer and the float that equals it; different in every process.</summary>
    private static int HashOf(double number) => HashCode.Combine(number == 0 ? 0 : number);

    private sealed class Nothing : Value
    {
        public override string Kind => "null";

        public override bool IsTruthy => false;

        public override bool Equals(Value? other) => other is Nothing;

        public override int GetHashCode() => 0;
    }

    public sealed class Bool : Value
    {
        internal Bool(bool value) => Content = value;

        public bool Content { get; }

        public override string Kind => "bool";

        public override bool IsTruthy => Content;

        public override bool Equals(Value? other) => other is Bool that && that.Content == Content;

        public override int GetHashCode() => Content ? 1 : 2;
    }

    public sealed class Int(long content) : Value
    {
        public long Content { get; } = content;

        public override string Kind => "number";

        public override bool IsTruthy => Content != 0;

        public override bool Equals(Value? other) => other switch
        {
            Int that => that.Content == Content,
            Float that => that.EqualsInteger(Content),
            _ => false,
        };

        public override int GetHashCode() => HashOf(Content);
    }

    public sealed class Float(double content) : Value
    {
        public double Content { get; } = content;

        public override string Kind => "number";

        public override bool IsTruthy => Content != 0;

        public override bool Equals(Value? other) => other switch
        {
            Float that => that.Content.Equals(Content) || that.Content == Content,
            Int that => EqualsInteger(that.Content),
            _ => false,
        };

        public override int GetHashCode() => HashOf(Content);

        internal bool EqualsInteger(long integer) =>
            Content is >= long.MinValue and < 9223372036854775808d
            && Math.Truncate(Content) == Content
            && (long)Content == integer;
    }

    public sealed class Text(string content) : Value
    {
        public string Content { get; } = content;

        public override string Kind => "string";

        public override long Weight => 1 + (long)Content.Length;

        public override bool IsTruthy => Content.Length > 0;

        public override bool Equals(Value? other) => other is Text that && that.Content == Content;

        public override int GetHashCode() => Content.GetHashCode(StringComparison.Ordinal);
    }

    /// <summary>
    /// Stands for a result that lies beside the journal. Expressions work on its content, and only pass it on as it is.
    /// </summary>
    /// <remarks>Equal to the same reference only: what it is equal to in the language, its content tells.</remarks>
    public sealed class Stored(StoredResult result) : Value
    {
        public StoredResult Result { get; } = result;

        public override string Kind => Result.Kind;

        public override bool IsTruthy => true;

        public override long Weight => Result.Weight;

        public override int Depth => Result.Depth;

        public override bool HasStored => true;

        public override bool Equals(Value? other) => other is Stored that && that.Result.Id == Result.Id;

        public override int GetHashCode() => Result.Id.GetHashCode(StringComparison.Ordinal);
    }

    public sealed class List(ImmutableArray<Value> items) : Value, IReadOnlyList<Value>
    {
        public static readonly List Empty = new([]);

        private Size? _size;

        public ImmutableArray<Value> Items { get; } = items;

        public int Count => Items.Length;

        public override string Kind => "array";

        public override bool IsTruthy => Items.Length > 0;

        public override long Weight => (_size ??= Size.Of(Items)).Weight;

        public override int Depth => (_size ??= Size.Of(Items)).Depth;

        public override bool HasStored => (_size ??= Size.Of(Items)).HasStored;

        public Value this[int index] => Items[index];

        public IEnumerator<Value> GetEnumerator() => ((IEnumerable<Value>)Items).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        public override bool Equals(Value? other) => other is List that && Items.SequenceEqual(that.Items);

        public override int GetHashCode() => Items.Aggregate(17, (hash, item) => HashCode.Combine(hash, item));
    }

    /// <summary>Keys keep the order in which they were added.</summary>
    public sealed class Map : Value, IReadOnlyCollection<KeyValuePair<string, Value>>
    {
        public static readonly Map Empty = new([]);

        private const int ScanLimit = 8;
        private Dictionary<string, int>? _index;
        private Size? _size;

        /// <param name="entries">Keys are unique.</param>
        public Map(ImmutableArray<KeyValuePair<string, Value>> entries) => Entries = entries;

        public ImmutableArray<KeyValuePair<string, Value>> Entries { get; }

        public int Count => Entries.Length;

        public override string Kind => "object";

        public override bool IsTruthy => Entries.Length > 0;

        public override long Weight => (_size ??= Size.Of(Entries)).Weight;

        public override int Depth => (_size ??= Size.Of(Entries)).Depth;

        public override bool HasStored => (_size ??= Size.Of(Entries)).HasStored;

        /// <summary>Later entries replace the values of earlier ones with the same key, at the place of the earlier.</summary>
        public static Map From(IEnumerable<KeyValuePair<string, Value>> entries)
        {
            var places = new Dictionary<string, int>(StringComparer.Ordinal);
            var kept = ImmutableArray.CreateBuilder<KeyValuePair<string, Value>>();
            foreach (var entry in entries)
            {
                if (places.TryAdd(entry.Key, kept.Count))
                {
                    kept.Add(entry);
                }
                else
                {
                    kept[places[entry.Key]] = entry;
                }
            }

            return new Map(kept.ToImmutable());
        }

        public bool ContainsKey(string key) => Place(key) >= 0;

        public bool TryGet(string key, [NotNullWhen(true)] out Value? value)
        {
            var place = Place(key);
            value = place < 0 ? null : Entries[place].Value;
            return place >= 0;
        }

        public Map With(string key, Value value)
        {
            var place = Place(key);
            var entry = KeyValuePair.Create(key, value);
            return new Map(place < 0 ? Entries.Add(entry) : Entries.SetItem(place, entry));
        }

        public IEnumerator<KeyValuePair<string, Value>> GetEnumerator() =>
            ((IEnumerable<KeyValuePair<string, Value>>)Entries).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        public override bool Equals(Value? other) =>
            other is Map that
            && that.Count == Count
            && Entries.All(entry => that.TryGet(entry.Key, out var value) && value.Equals(entry.Value));

        public override int GetHashCode() => Entries.Aggregate(
            Count,
            (hash, entry) => hash ^ HashCode.Combine(entry.Key, entry.Value));

        private int Place(string key)
        {
            if (Entries.Length > ScanLimit)
            {
                _index ??= Entries.Select((entry, place) => (entry.Key, place))
                    .ToDictionary(pair => pair.Key, pair => pair.place, StringComparer.Ordinal);
                return _index.GetValueOrDefault(key, -1);
            }

            for (var place = 0; place < Entries.Length; place++)
            {
                if (Entries[place].Key == key)
                {
                    return place;
                }
            }

            return -1;
        }
    }
}
