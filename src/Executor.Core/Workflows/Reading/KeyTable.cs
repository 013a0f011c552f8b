using System.Collections.Frozen;

namespace Executor.Core.Workflows.Reading;

/// <summary>The keys that one kind of mapping may hold.</summary>
/// <param name="Known">Each is obeyed by somebody.</param>
/// <param name="Later">Known to the language but not to this version, each with what to write instead.</param>
internal sealed record KeyTable(FrozenSet<string> Known, FrozenDictionary<string, string> Later)
{
    public static readonly KeyTable Workflow = Of(
        "ref", "label", "description", "tags", "version", "parameters", "vars", "tasks", "output_map", "output",
        "cancellation_policy", "timeout", "max_parallel");

    public static readonly KeyTable Task = new(
        Set(
            "name", "action", "input", "when", "with_items", "with", "concurrency", "fail_fast", "join", "delay",
            "timeout", "retry", "next", "pool", "idempotent"),
        new Dictionary<string, string>
        {
            ["batch_size"] = "Build batches with 'with_items: \"{{ chunks(list, n) }}\"'.",
            ["type"] = "Name the tasks that shall run side by side in one 'do' and join them with 'join: all'.",
            ["tasks"] = "Name the tasks that shall run side by side in one 'do' and join them with 'join: all'.",
            ["on_success"] = "Use 'next' with 'when: \"{{ succeeded() }}\"'.",
            ["on_failure"] = "Use 'next' with 'when: \"{{ failed() }}\"'.",
            ["on_complete"] = "Use 'next' without 'when'.",
            ["on_timeout"] = "Use 'next' with 'when: \"{{ timed_out() }}\"'.",
            ["decision"] = "Use 'next' with one condition per entry.",
            ["publish"] = "Use 'publish' in an entry of 'next' with 'when: \"{{ succeeded() }}\"'.",
        }.ToFrozenDictionary());

    public static readonly KeyTable With = new(
        Set("items", "concurrency"),
        new Dictionary<string, string>
        {
            ["batch_size"] = "Build batches with 'items: \"{{ chunks(list, n) }}\"'.",
        }.ToFrozenDictionary());

    public static readonly KeyTable Retry =
        Of("count", "delay", "backoff", "max_delay", "jitter", "when", "on_error");

    public static readonly KeyTable Transition = Of("when", "publish", "do");

    public static readonly KeyTable Schema = new(
        Set(
            "type", "required", "default", "enum", "minimum", "maximum", "min_length", "minLength", "max_length",
            "maxLength", "pattern", "items", "properties", "secret", "description"),
        new Dictionary<string, string>
        {
            ["position"] = "Remove it; parameters are shown in the order in which they are written.",
        }.ToFrozenDictionary());

    public static readonly KeyTable RootSchema =
        Of("type", "properties", "required", "description", "title", "$schema", "additionalProperties");

    private static KeyTable Of(params string[] known) => new(Set(known), FrozenDictionary<string, string>.Empty);

    private static FrozenSet<string> Set(params string[] keys) => keys.ToFrozenSet();
}
