using System.Collections.Immutable;
using System.Text.Json;
using Executor.Core.Values;

namespace Executor.Core.Runs.Snapshots;

internal delegate void WriteOne<in T>(StateWriter to, T value);

/// <summary>Writes the parts of a state; what stands in several places is written at the first and named at the others.</summary>
/// <remarks>
/// Shared parts are numbered from 0 in the order in which they are complete. Without a name a value stands in an array.
/// </remarks>
internal sealed class StateWriter(Utf8JsonWriter json)
{
    private readonly Dictionary<object, int> _known = new(ReferenceEqualityComparer.Instance);

    public Utf8JsonWriter Json => json;

    public void Flag(bool value, string? name = null)
    {
        Name(name);
        json.WriteBooleanValue(value);
    }

    public void Number(long value, string? name = null)
    {
        Name(name);
        json.WriteNumberValue(value);
    }

    public void Text(string? value, string? name = null)
    {
        Name(name);
        json.WriteStringValue(value);
    }

    public void Time(DateTimeOffset? value, string? name = null)
    {
        Name(name);
        if (value is { } time)
        {
            json.WriteStringValue(time);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    public void Duration(TimeSpan value, string? name = null) => Number(value.Ticks, name);

    public void Word<T>(T value, string? name = null)
        where T : struct, Enum => Text(Enum.GetName(value), name);

    public void WordOrNull<T>(T? value, string? name = null)
        where T : struct, Enum => Text(value is { } word ? Enum.GetName(word) : null, name);

    public void Slot(Slot value, string? name = null)
    {
        Name(name);
        json.WriteStartArray();
        Text(value.Task);
        Number(value.Visit);
        Number(value.Item);
        Number(value.Attempt);
        json.WriteEndArray();
    }

    public void Value(Value? value, string? name = null)
    {
        Name(name);
        if (value is null)
        {
            json.WriteStartArray();
            json.WriteEndArray();
        }
        else
        {
            SharedValues.Write(this, value);
        }
    }

    public void List<T>(IEnumerable<T> values, WriteOne<T> one, string? name = null)
    {
        Name(name);
        json.WriteStartArray();
        foreach (var value in values)
        {
            one(this, value);
        }

        json.WriteEndArray();
    }

    public void Numbers(IEnumerable<int> values, string? name = null) =>
        List(values, static (to, number) => to.Number(number), name);

    public void NumbersOrNull(ImmutableArray<int>? values, string? name = null)
    {
        if (values is { } numbers)
        {
            Numbers(numbers, name);
        }
        else
        {
            Text(null, name);
        }
    }

    public void Part<T>(T? value, WriteOne<T> one, string? name = null)
        where T : class
    {
        Name(name);
        if (value is null)
        {
            json.WriteNullValue();
        }
        else
        {
            one(this, value);
        }
    }

    /// <summary>A part that others may hold too: a number where it has been written before.</summary>
    /// <param name="one">Writes an array or an object.</param>
    public void Shared<T>(T? value, WriteOne<T> one, string? name = null)
        where T : class
    {
        Name(name);
        if (value is null)
        {
            json.WriteNullValue();
        }
        else if (NumberOf(value) is { } number)
        {
            json.WriteNumberValue(number);
        }
        else
        {
            one(this, value);
            Remember(value);
        }
    }

    /// <returns>Null when it has not been written yet.</returns>
    public int? NumberOf(object part) => _known.TryGetValue(part, out var number) ? number : null;

    public void Remember(object part) => _known.Add(part, _known.Count);

    public void Name(string? name)
    {
        if (name is not null)
        {
            json.WritePropertyName(name);
        }
    }
}
