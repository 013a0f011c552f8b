using Executor.Core.Messages;

namespace Executor.Messaging.Rabbit;

/// <summary>The answers to one message, sent together; those that are late are not waited for.</summary>
/// <param name="expected">How many calls the message held.</param>
internal sealed class GatheredAnswers(int expected, TimeProvider time, Action<ClaimAnswers> send)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(20);

    private readonly Lock _gate = new();
    private readonly List<ClaimAnswer> _claims = [];
    private readonly List<RenewalAnswer> _renewals = [];
    private int _missing = expected;
    private bool _waiting;

    public Task AddAsync(ClaimAnswer answer) => Added(() => _claims.Add(answer));

    public Task AddAsync(RenewalAnswer answer) => Added(() => _renewals.Add(answer));

    private Task Added(Action add)
    {
        lock (_gate)
        {
            add();
            _missing--;
            if (_missing <= 0)
            {
                Send();
            }
            else if (!_waiting)
            {
                _waiting = true;
                _ = SendLaterAsync();
            }
        }

        return Task.CompletedTask;
    }

    private async Task SendLaterAsync()
    {
        await Task.Delay(Patience, time);
        lock (_gate)
        {
            _waiting = false;
            Send();
        }
    }

    private void Send()
    {
        if (_claims.Count + _renewals.Count > 0)
        {
            send(new ClaimAnswers([.. _claims], [.. _renewals]));
            _claims.Clear();
            _renewals.Clear();
        }
    }
}
