namespace Executor.Actors.Wire;

/// <summary>May travel between nodes; written and read by <see cref="WireSerializer"/> and nothing else.</summary>
public interface IWireMessage;
