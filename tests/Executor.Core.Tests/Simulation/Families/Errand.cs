using Executor.Core.Runs;

namespace Executor.Core.Tests.Simulation.Families;

/// <summary>What a node brings from one run to another, step by step, until it is accepted; it dies with the node.</summary>
internal sealed class Errand(Life from, RunEffect effect)
{
    public Life From { get; } = from;

    public RunEffect Effect { get; } = effect;

    /// <summary>Calls: remind, ask. Ends: ask the caller, tell the called.</summary>
    public int Phase { get; set; }

    /// <summary>Once at least.</summary>
    public bool IsSaid { get; set; }

    public Letter? Letter { get; set; }

    public string Key => KeyOf(From.Id, Effect);

    public static string KeyOf(RunId from, RunEffect effect) =>
        effect is RunEffect.Call call ? $"call {call.Run}" : $"end {from}";
}
