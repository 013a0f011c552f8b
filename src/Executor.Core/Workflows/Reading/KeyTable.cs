using System.Collections.Frozen;

namespace Executor.Core.Workflows.Reading;

/// <summary>The keys that one kind of mapping may hold.</summary>
/// <param name="Known">Each is obeyed by somebody.</param>
/// <param name="Later">Known to the language but not to this version, each with what to write instead.</param>
/// <param name="Foreign">Keys that people bring from elsewhere, each with what to write instead.</param>
internal sealed record KeyTable(
    FrozenSet<string> Known, FrozenDictionary<string, string> Later, FrozenDictionary<string, string> Foreign)
{
    public static readonly KeyTable Workflow = Of(
        ForeignKeys.Workflow, "ref", "label", "description", "tags", "version", "parameters", "vars", "tasks",
        "output_map", "output", "cancellation_policy", "timeout", "max_parallel");

    public static readonly KeyTable Task = Of(
        ForeignKeys.Task, "name", "action", "type", "tasks", "input", "when", "with_items", "with", "concurrency",
        "batch_size", "fail_fast", "join", "delay", "timeout", "retry", "next", "pool", "idempotent", "on_success",
        "on_failure", "on_complete", "on_timeout", "decision", "publish");

    public static readonly KeyTable With = Of(ForeignKeys.With, "items", "concurrency", "batch_size");

    public static readonly KeyTable Retry =
        Of(ForeignKeys.Retry, "count", "delay", "backoff", "max_delay", "jitter", "when", "on_error");

    public static readonly KeyTable Transition = Of(ForeignKeys.Transition, "when", "publish", "do");

    /// <summary>Of an entry of <c>decision</c>.</summary>
    public static readonly KeyTable Decision = Of(ForeignKeys.Decision, "when", "next", "default");

    public static readonly KeyTable Schema = new(
        Set(
            "type", "required", "default", "enum", "minimum", "maximum", "min_length", "minLength", "max_length",
            "maxLength", "pattern", "items", "properties", "secret", "description"),
        new Dictionary<string, string>
        {
            ["position"] = "Remove it; parameters are shown in the order in which they are written.",
        }.ToFrozenDictionary(),
        ForeignKeys.Schema);

    public static readonly KeyTable RootSchema = Of(
        ForeignKeys.RootSchema, "type", "properties", "required", "description", "title", "$schema",
        "additionalProperties");

    private static KeyTable Of(FrozenDictionary<string, string> foreign, params string[] known) =>
        new(Set(known), FrozenDictionary<string, string>.Empty, foreign);

    private static FrozenSet<string> Set(params string[] keys) => keys.ToFrozenSet();
}
