using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Executor.Core;
using Executor.Core.Messages;

namespace Executor.Messaging.InProcess;

/// <summary>
/// Claims and renewals with their answers. A call whose asker has given up is not handed out any more.
/// </summary>
internal sealed class ClaimLine(TimeSpan patience, TimeProvider time)
{
    private readonly Channel<(ClaimCall Call, Task Answer)> _calls =
        Channel.CreateUnbounded<(ClaimCall Call, Task Answer)>();

    public Task<ClaimAnswer> AskAsync(Claim claim, CancellationToken stop) => AskAsync<ClaimAnswer>(
        answer => new ClaimCall.OfClaim(claim, reply => Answer(answer, reply)), stop);

    public Task<RenewalAnswer> AskAsync(Renewal renewal, CancellationToken stop) => AskAsync<RenewalAnswer>(
        answer => new ClaimCall.OfRenewal(renewal, reply => Answer(answer, reply)), stop);

    public async IAsyncEnumerable<ClaimCall> ReadAsync([EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var (call, answer) in _calls.Reader.ReadAllAsync(stop))
        {
            if (!answer.IsCompleted)
            {
                yield return call;
            }
        }
    }

    private async Task<T> AskAsync<T>(Func<TaskCompletionSource<T>, ClaimCall> callFor, CancellationToken stop)
    {
        // The desk answers hundreds of calls in one go and must not run what waits for each of them.
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _calls.Writer.TryWrite((callFor(answer), answer.Task));
        try
        {
            return await answer.Task.WaitAsync(patience, time, stop);
        }
        finally
        {
            answer.TrySetCanceled(CancellationToken.None);
        }
    }

    private static Task Answer<T>(TaskCompletionSource<T> answer, T reply)
    {
        answer.TrySetResult(reply);
        return Task.CompletedTask;
    }
}
