using Akka.Actor;
using Akka.Event;

namespace Executor.Actors.Cluster;

/// <summary>
/// Gives the thread pool of a node more threads when all that it has wait for something. The driver of the database, for
/// one, gives up a call to a server that stands still by asking it to cancel, on a thread of the pool which then waits
/// for seconds. The runtime adds one or two threads a second, and until there are enough nothing else is done: not even a
/// heartbeat leaves the node, because sockets need the pool as well, so that the others take it for dead.
/// </summary>
/// <remarks>
/// Seen with two processors and 30 calls under way: nothing was done for six seconds. As many threads from the start as
/// there can be such calls would cost a fifth of the throughput (100 items, concurrency 10).
/// </remarks>
internal static class PoolWatch
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>On a thread of its own, until the system has stopped.</summary>
    public static void Begin(ActorSystem system)
    {
        var log = Logging.GetLogger(system, typeof(PoolWatch));
        new Thread(() => Watch(system.WhenTerminated, log)) { IsBackground = true, Name = "pool watch" }.Start();
    }

    private static void Watch(Task stopped, ILoggingAdapter log)
    {
        ThreadPool.GetMinThreads(out var usual, out var completions);
        var relief = new PoolRelief(usual);
        while (!stopped.Wait(Look))
        {
            var wasGiven = relief.IsGiven;
            var threads = relief.Next(
                ThreadPool.CompletedWorkItemCount, ThreadPool.PendingWorkItemCount, ThreadPool.ThreadCount);
            if (threads is not { } allowed)
            {
                continue;
            }

            ThreadPool.SetMinThreads(allowed, completions);
            if (relief.IsGiven && !wasGiven)
            {
                log.Warning(
                    "threads.waiting: all {Threads} threads of the pool wait for something; it gets more",
                    ThreadPool.ThreadCount);
            }
        }

        ThreadPool.SetMinThreads(usual, completions);
    }
}
