namespace Executor.Core.Runs;

/// <summary>Something that will happen at a time.</summary>
/// <param name="Slot">For a delay only task and visit count.</param>
public readonly record struct DueTime(DateTimeOffset At, DueKind Kind, Slot Slot) : IComparable<DueTime>
{
    public int CompareTo(DueTime other)
    {
        var order = At.CompareTo(other.At);
        order = order != 0 ? order : Kind.CompareTo(other.Kind);
        order = order != 0 ? order : string.CompareOrdinal(Slot.Task, other.Slot.Task);
        order = order != 0 ? order : Slot.Visit.CompareTo(other.Slot.Visit);
        order = order != 0 ? order : Slot.Item.CompareTo(other.Slot.Item);
        return order != 0 ? order : Slot.Attempt.CompareTo(other.Slot.Attempt);
    }

    public static bool operator <(DueTime left, DueTime right) => left.CompareTo(right) < 0;

    public static bool operator >(DueTime left, DueTime right) => left.CompareTo(right) > 0;

    public static bool operator <=(DueTime left, DueTime right) => left.CompareTo(right) <= 0;

    public static bool operator >=(DueTime left, DueTime right) => left.CompareTo(right) >= 0;
}

/// <summary>At the same instant the earlier kind goes first.</summary>
public enum DueKind
{
    RunTimeout,
    AttemptDeadline,
    Retry,
    Delay,
}
