using System.Text.Json.Serialization;

namespace Executor.Core.Messages;

/// <summary>A worker says that it is there, and what it could do. For people: no decision depends on it.</summary>
/// <param name="Actions">Names of the actions that it has.</param>
/// <param name="Capacity">Actions that it runs at the same time, at most.</param>
/// <param name="Running">Of these, in use now.</param>
/// <param name="Version">Of the program.</param>
/// <param name="StartedAt">In UTC by the worker's clock: two processes of one name are told apart by it.</param>
/// <param name="Every">Until it says so again; 0.1 s to 60 s.</param>
/// <param name="Leaving">It has said this for the last time.</param>
public sealed record WorkerBeat(
    string Worker, IReadOnlyList<string> Pools, IReadOnlyList<string> Actions, int Capacity, int Running, string Version,
    string Host, DateTimeOffset StartedAt, [property: JsonPropertyName("everySeconds")] TimeSpan Every, bool Leaving);
