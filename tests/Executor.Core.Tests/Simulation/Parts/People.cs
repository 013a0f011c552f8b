using Executor.Core.Runs;
using Executor.Core.Tests.Simulation.Engine;
using Executor.Core.Tests.Simulation.Programs;
using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.Simulation.Parts;

/// <summary>
/// They answer what they see, again until they hear that it was taken or came too late; and some once more. Some say first
/// what is no answer.
/// </summary>
internal sealed class People(World world) : Part(world)
{
    private enum Code
    {
        Answer,
        AnswerToo,
    }

    /// <summary>No question that wants something certain takes it.</summary>
    public static readonly Value Nonsense = Value.Of("nonsense");

    private const int MostRivals = 2;
    private readonly List<Seen> _seen = [];
    private readonly HashSet<Slot> _known = [];
    private int _answers;

    public override string Name => "people";

    /// <summary>Answers of which somebody was told that they count.</summary>
    public IEnumerable<RunCommand.Answer> Taken =>
        from seen in _seen
        from told in seen.Told
        where told is { IsAnswered: true, Refusal: null }
        select told.Command as RunCommand.Answer into taken
        where taken is not null
        select taken;

    public void See(InquiryRow row)
    {
        if (_known.Add(row.Slot))
        {
            _seen.Add(new Seen(row));
        }
    }

    public override void Offer(Moves moves)
    {
        if (World.AnyNode() is null)
        {
            return;
        }

        for (var index = 0; index < _seen.Count; index++)
        {
            if (_seen[index].IsWaiting && !IsLeftAlone(_seen[index].Row))
            {
                moves.Add(this, (int)Code.Answer, index);
            }
        }
    }

    /// <summary>Nobody answers it before its time is up.</summary>
    private bool IsLeftAlone(InquiryRow row) =>
        row.DueAt is not null && World.Scenario.Script.Of(row.Slot).Code == Script.HangCode;

    public override void OfferRare(Moves moves)
    {
        if (World.AnyNode() is null)
        {
            return;
        }

        for (var index = 0; index < _seen.Count; index++)
        {
            if (_seen[index].Told.Count is > 0 and <= MostRivals)
            {
                moves.Add(this, (int)Code.AnswerToo, index);
            }
        }
    }

    public override void Do(int code, int arg) => _seen[arg].Told.Add(World.AnyNode()!.Ask(new Envelope(
        new RunCommand.Answer(_seen[arg].Slot, Say(_seen[arg], arg), $"p{++_answers}", World.Now))));

    private static Value Say(Seen seen, int index)
    {
        var question = Question.Of(seen.Row.Input);
        return index % 2 == 1 && seen.Told.Count == 0 && question is ({ Schema: not null } or { Options: not [] }) ? Nonsense
            : question.Schema is { } schema ? FittingInputs.Of(schema)
            : question.Options is [.., var last] ? last
            : Value.Of(1);
    }

    public override string Describe(int code, int arg) => $"{(Code)code} {_seen[arg].Slot}";

    private sealed class Seen(InquiryRow row)
    {
        public InquiryRow Row { get; } = row;

        public Slot Slot => Row.Slot;

        public List<Envelope> Told { get; } = [];

        /// <summary>
        /// Nobody has answered, or nobody will ever hear what has become of the answers; or was told, by an incarnation that
        /// has read no entry of it, that there is no such run.
        /// </summary>
        public bool IsWaiting => Told.TrueForAll(static told => told.IsAnswered
            ? told.Refusal is { Code: not RunCodes.InquiryClosed }
            : told.IsLost);
    }
}
