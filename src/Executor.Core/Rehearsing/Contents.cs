using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Core.Rehearsing;

/// <summary>Results of a rehearsal to which its runs only refer.</summary>
/// <param name="limit">Bytes of JSON up to which a run holds a result itself; null: all of them.</param>
internal sealed class Contents(int? limit)
{
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _stored = new(StringComparer.Ordinal);

    /// <summary>The command as the run gets it.</summary>
    public RunCommand Kept(RunCommand command)
    {
        if (limit is not { } most || command is not RunCommand.FinishItem { Outcome: var outcome } finish
            || !LargeResult.Is(outcome.Result, most) || LargeResult.Write(outcome.Result) is not var (stored, json))
        {
            return command;
        }

        _stored[stored.Id] = json;
        return finish with { Outcome = outcome with { Result = new Value.Stored(stored) } };
    }

    public Value Of(StoredResult stored) => LargeResult.Read(stored.Id, _stored[stored.Id]);
}
