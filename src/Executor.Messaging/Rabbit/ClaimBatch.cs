using Executor.Core.Messages;
using Executor.Core.Runs;

namespace Executor.Messaging.Rabbit;

/// <summary>The asks of one message. No id stands in it twice, so an answer says which it belongs to.</summary>
internal sealed class ClaimBatch
{
    private readonly Dictionary<DispatchId, ClaimAsk.OfClaim> _claims = [];
    private readonly Dictionary<DispatchId, ClaimAsk.OfRenewal> _renewals = [];

    public int Count => _claims.Count + _renewals.Count;

    public bool IsOver => _claims.Values.All(ask => ask.IsOver) && _renewals.Values.All(ask => ask.IsOver);

    public IEnumerable<ClaimAsk> Open =>
        _claims.Values.Concat<ClaimAsk>(_renewals.Values).Where(ask => !ask.IsOver);

    /// <returns>Whether it was taken; otherwise it must wait for the next message.</returns>
    public bool TryAdd(ClaimAsk ask) => ask switch
    {
        ClaimAsk.OfClaim claim => _claims.TryAdd(claim.Id, claim),
        ClaimAsk.OfRenewal renewal => _renewals.TryAdd(renewal.Id, renewal),
        _ => throw new ArgumentException($"No ask is a {ask.GetType().Name}."),
    };

    public ClaimCalls AsMessage() => new(
        [.. _claims.Values.Select(ask => ask.Claim)], [.. _renewals.Values.Select(ask => ask.Renewal)]);

    public void Take(ClaimAnswers answers)
    {
        foreach (var answer in answers.Claims)
        {
            if (_claims.TryGetValue(answer.Id, out var ask))
            {
                ask.Answer.TrySetResult(answer);
            }
        }

        foreach (var answer in answers.Renewals)
        {
            if (_renewals.TryGetValue(answer.Id, out var ask))
            {
                ask.Answer.TrySetResult(answer);
            }
        }
    }
}
