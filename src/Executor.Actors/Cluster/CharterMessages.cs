using Executor.Actors.Wire;

namespace Executor.Actors.Cluster;

/// <summary>From a new member. Answered by <see cref="CharterIs"/>, by those who know.</summary>
public sealed record AskCharter : IWireMessage
{
    public static readonly AskCharter Now = new();
}

/// <param name="Id">Of the cluster that the sender is a member of.</param>
public sealed record CharterIs(string Id) : IWireMessage;
