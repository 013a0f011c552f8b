namespace Executor.Messaging.InProcess;

/// <summary>A message with its place in the line.</summary>
internal sealed class Entry<T>(T message, long place) : IComparable<Entry<T>>
{
    public T Message => message;

    /// <summary>How often it has been handed out. Only its present holder changes it.</summary>
    public int Deliveries { get; set; }

    private long Place { get; } = place;

    public int CompareTo(Entry<T>? other) => other is null ? 1 : Place.CompareTo(other.Place);
}
