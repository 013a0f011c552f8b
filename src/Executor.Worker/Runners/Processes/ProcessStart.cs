namespace Executor.Worker.Runners.Processes;

/// <param name="Key">In its environment as EX_IDEMPOTENCY_KEY too.</param>
/// <param name="Arguments">The program first; without a slash it is looked for along PATH. No shell sees them.</param>
/// <param name="Folder">Null is the worker's own.</param>
/// <param name="HasInput">Whether something will be written to its standard input; else it is empty.</param>
internal sealed record ProcessStart(
    string Key, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment, string? Folder,
    bool HasInput, ProcessOptions Limits);
