namespace Executor.Actors.Tests.Faults;

/// <summary>What goes wrong with one call of a port.</summary>
public abstract record Fault
{
    private Fault()
    {
    }

    /// <summary>The call is not made and is reported as failed.</summary>
    public sealed record FailBefore : Fault;

    /// <summary>The call is made and is reported as failed: its fate is unknown to the caller.</summary>
    public sealed record FailAfter : Fault;

    /// <summary>The call is made twice, the message comes twice; the second answer counts.</summary>
    public sealed record Duplicate : Fault;

    /// <summary>The process dies before the call: it is not made, and every later call of any port fails.</summary>
    public sealed record CrashBefore : Fault;

    /// <summary>The process dies after the call: it is made, and its answer and every later call of any port fail.</summary>
    public sealed record CrashAfter : Fault;

    /// <param name="Wait">How long the call, or the message, is held back.</param>
    public sealed record Delay(Func<Task> Wait) : Fault
    {
        public static Delay Until(Task released) => new(() => released);

        public static Delay For(TimeSpan span, TimeProvider time) => new(() => Task.Delay(span, time));
    }

    /// <summary>The call is made and its answer held back.</summary>
    public sealed record DelayAnswer(Func<Task> Wait) : Fault
    {
        public static DelayAnswer Until(Task released) => new(() => released);
    }
}
