using System.Runtime.CompilerServices;
using Executor.Core.Messages;

namespace Executor.Actors.Tests.Faults;

/// <summary>Messages that come under a plan: each arrival and each settling is a call.</summary>
internal static class FaultyStream
{
    public static Exception Lost(string sentence) => new IOException(sentence);

    public static IAsyncEnumerable<Delivery<T>> Deliveries<T>(
        FaultPlan plan, string call, IAsyncEnumerable<Delivery<T>> source, CancellationToken stop) => Messages(
        plan,
        call,
        source,
        delivery => delivery with
        {
            Ack = () => plan.CallAsync($"{call}.ack", delivery.Ack, Lost),
            Requeue = () => plan.CallAsync($"{call}.requeue", delivery.Requeue, Lost),
            Reject = reason => plan.CallAsync($"{call}.reject", () => delivery.Reject(reason), Lost),
        },
        delivery => delivery with
        {
            Ack = () => Task.CompletedTask,
            Requeue = () => Task.CompletedTask,
            Reject = _ => Task.CompletedTask,
        },
        stop);

    /// <param name="watch">The message with its settling under the plan.</param>
    /// <param name="copy">The message once more; settling a copy does nothing.</param>
    public static async IAsyncEnumerable<T> Messages<T>(
        FaultPlan plan,
        string call,
        IAsyncEnumerable<T> source,
        Func<T, T> watch,
        Func<T, T> copy,
        [EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var message in source.WithCancellation(stop))
        {
            var fault = plan.Next(call, Lost);
            if (fault is Fault.FailBefore or Fault.CrashBefore)
            {
                throw Lost($"{call} has failed before a message came.");
            }

            if (fault is Fault.Delay delay)
            {
                await delay.Wait();
            }

            yield return watch(message);
            switch (fault)
            {
                case Fault.FailAfter or Fault.CrashAfter:
                    throw Lost($"{call} has failed after a message came.");
                case Fault.Duplicate:
                    yield return copy(message);
                    break;
                case Fault.DelayAnswer next:
                    await next.Wait();
                    break;
            }
        }
    }
}
