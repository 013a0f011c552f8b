using Executor.Chaos.Processes;

namespace Executor.Chaos.Deployment;

/// <summary>Where processes of a campaign live: a network namespace of their own, or the loopback of this machine.</summary>
/// <param name="Namespace">Null: that of the runner.</param>
internal sealed record Machine(string Name, string Address, string? Namespace = null)
{
    public static Machine Here { get; } = new("here", "127.0.0.1");

    public bool IsHere => Namespace is null;

    public Child Start(
        string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, string log)
    {
        var (command, all) = Inside(program, arguments);
        return Child.Start(command, all, environment, log);
    }

    /// <exception cref="HarnessException">It failed, or did not end.</exception>
    public Task RunAsync(string program, IReadOnlyList<string> arguments)
    {
        var (command, all) = Inside(program, arguments);
        return Script.RunAsync(command, all, new Dictionary<string, string> { ["EXECUTOR_TEST_ADDRESS"] = Address });
    }

    private (string Command, IReadOnlyList<string> Arguments) Inside(string program, IReadOnlyList<string> arguments) =>
        IsHere ? (program, arguments) : ("nsenter", [$"--net=/run/netns/{Namespace}", program, .. arguments]);
}
