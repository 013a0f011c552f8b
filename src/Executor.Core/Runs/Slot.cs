namespace Executor.Core.Runs;

/// <summary>Where in a run: one attempt at one item of one visit of one task.</summary>
/// <param name="Visit">From 1.</param>
/// <param name="Item">From 0; <see cref="NoItem"/> for a task without items.</param>
/// <param name="Attempt">From 1.</param>
public readonly record struct Slot(string Task, int Visit, int Item, int Attempt)
{
    public const int NoItem = -1;

    public override string ToString() => Item == NoItem
        ? $"{Task}/{Visit}/{Attempt}"
        : $"{Task}/{Visit}[{Item}]/{Attempt}";
}
