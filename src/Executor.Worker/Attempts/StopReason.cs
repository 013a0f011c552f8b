namespace Executor.Worker.Attempts;

/// <summary>Why an action was stopped by its worker. The first reason stays.</summary>
internal enum StopReason
{
    None,

    /// <summary>It ended by itself: nothing can stop it any more.</summary>
    Finished,
    Cancelled,
    TimedOut,

    /// <summary>The executor was not heard of for two thirds of the lease: somebody else may be next.</summary>
    Fenced,

    /// <summary>For the executor the attempt has ended.</summary>
    Ended,

    /// <summary>The worker goes.</summary>
    Leaving,
}
