namespace Executor.Chaos.Ledgers;

/// <summary>Where in the life of a request its worker can be told to die, in their order.</summary>
internal enum DeathMoment
{
    /// <summary>The request is in hand, and nobody knows.</summary>
    BeforeClaim,

    /// <summary>The claim is granted; the broker still has the request.</summary>
    AfterGrant,

    /// <summary>The request is acknowledged; nothing has been done.</summary>
    AfterAck,

    /// <summary>The action has begun.</summary>
    InAction,

    /// <summary>The action has had its effect; nobody knows.</summary>
    AfterAction,

    /// <summary>The broker has the result; the worker would repeat it until the executor says that it knows.</summary>
    AfterConfirm,
}
