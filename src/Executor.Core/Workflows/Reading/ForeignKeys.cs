using System.Collections.Frozen;

namespace Executor.Core.Workflows.Reading;

/// <summary>Keys of other languages and of JSON Schema that are not read here: what to write instead, as a sentence.</summary>
internal static class ForeignKeys
{
    private const string Combined = "Write one schema; 'type' may be a list of types.";
    private const string Unchecked = "Remove it; this is not checked here. A task can check it, and fail.";
    private const string WrittenOut = "Write the schema out where it is used; references are not followed.";
    private const string ForPeople = "Write it into 'description'.";
    private const string Inputs = "Write 'parameters'; 'executor run -p name=value' gives their values.";
    private const string ForEach = "Write 'with_items'; each element is 'item' in the input.";
    private const string Before = "Write it the other way round: 'next: [{do: ...}]' in the tasks before, and 'join: all' here.";
    private const string Attempts = "Write 'count', the number of attempts after the first.";
    private const string Transitions = "Write it in an entry of 'next': next: [{when: ..., do: ...}].";

    public static readonly FrozenDictionary<string, string> Workflow = new Dictionary<string, string>
    {
        ["name"] = "Write 'ref: pack.name', or 'label' for people.",
        ["id"] = "Write 'ref: pack.name'.",
        ["title"] = "Write 'label'.",
        ["input"] = Inputs,
        ["inputs"] = Inputs,
        ["params"] = Inputs,
        ["variables"] = "Write 'vars'.",
        ["env"] = "Write 'vars' for variables of the workflow; 'core.shell' takes 'env' in its input.",
        ["outputs"] = "Write 'output_map'.",
        ["steps"] = "Write 'tasks'.",
        ["jobs"] = "Write 'tasks'.",
        ["concurrency"] = "Write 'max_parallel'; 'concurrency' is a key of tasks with items.",
        ["next"] = "Write 'next' in a task; the tasks to which none leads begin.",
        ["retry"] = "Write 'retry' in the tasks that are to be repeated.",
    }.ToFrozenDictionary();

    public static readonly FrozenDictionary<string, string> Task = new Dictionary<string, string>
    {
        ["id"] = "Write 'name'.",
        ["uses"] = "Write 'action'.",
        ["call"] = "Write 'action'.",
        ["run"] = "Write 'action: core.shell' and the command in its input.",
        ["cmd"] = "Write it under 'input'.",
        ["args"] = "Write inputs under 'input'.",
        ["params"] = "Write inputs under 'input'.",
        ["parameters"] = "Write inputs under 'input'.",
        ["message"] = "Write inputs under 'input'.",
        ["prompt"] = "Write inputs under 'input'.",
        ["if"] = "Write 'when'.",
        ["condition"] = "Write 'when'.",
        ["items"] = ForEach,
        ["loop"] = ForEach,
        ["foreach"] = ForEach,
        ["for_each"] = ForEach,
        ["depends_on"] = Before,
        ["needs"] = Before,
        ["after"] = Before,
        ["do"] = Transitions,
        ["then"] = Transitions,
        ["else"] = Transitions,
        ["on_error"] = "Write 'on_failure', or an entry of 'next' with 'when: failed()'.",
        ["catch"] = "Write 'on_failure', or an entry of 'next' with 'when: failed()'.",
        ["retries"] = "Write 'retry: {count: ...}'.",
        ["wait"] = "Write 'delay' for a time, or 'join: all' to wait for tasks.",
        ["sleep"] = "Write 'delay'.",
        ["queue"] = "Write 'pool'.",
        ["vars"] = "Write 'vars' at the head of the file, or 'publish' in an entry of 'next'.",
        ["output"] = "Write 'publish' in an entry of 'next'; task.NAME is the result of a task.",
        ["parallel"] = "Write 'type: parallel' and the tasks under 'tasks'.",
    }.ToFrozenDictionary();

    public static readonly FrozenDictionary<string, string> With = new Dictionary<string, string>
    {
        ["in"] = "Write 'items'.",
        ["list"] = "Write 'items'.",
        ["fail_fast"] = "Write 'fail_fast' in the task, beside 'with'.",
        ["name"] = "Write items: 'name in list'.",
        ["as"] = "Write items: 'name in list'.",
    }.ToFrozenDictionary();

    public static readonly FrozenDictionary<string, string> Retry = new Dictionary<string, string>
    {
        ["attempts"] = Attempts,
        ["max_attempts"] = Attempts,
        ["max"] = Attempts,
        ["times"] = Attempts,
        ["limit"] = Attempts,
        ["interval"] = "Write 'delay'.",
        ["wait"] = "Write 'delay'.",
        ["if"] = "Write 'when'.",
        ["timeout"] = "Write 'timeout' in the task; it is that of each attempt.",
        ["factor"] = "Write 'backoff: exponential'; each delay is twice the one before.",
    }.ToFrozenDictionary();

    public static readonly FrozenDictionary<string, string> Transition = new Dictionary<string, string>
    {
        ["if"] = "Write 'when'.",
        ["condition"] = "Write 'when'.",
        ["next"] = "Write 'do'.",
        ["then"] = "Write 'do'.",
        ["to"] = "Write 'do'.",
        ["goto"] = "Write 'do'.",
        ["task"] = "Write 'do'.",
        ["set"] = "Write 'publish'.",
        ["vars"] = "Write 'publish'.",
    }.ToFrozenDictionary();

    public static readonly FrozenDictionary<string, string> Decision = new Dictionary<string, string>
    {
        ["if"] = "Write 'when'.",
        ["do"] = "Write 'next'; 'do' is a key of the entries of the task's 'next'.",
        ["then"] = "Write 'next'.",
        ["else"] = "Write 'default: true' and 'next'.",
        ["publish"] = "Write an entry of the task's 'next' instead of 'decision'; it takes 'publish'.",
    }.ToFrozenDictionary();

    public static readonly FrozenDictionary<string, string> Schema = new Dictionary<string, string>
    {
        ["min"] = "Write 'minimum' for numbers, 'min_length' for texts and lists.",
        ["max"] = "Write 'maximum' for numbers, 'max_length' for texts and lists.",
        ["exclusiveMinimum"] = "Write 'minimum'; the bound itself is allowed.",
        ["exclusiveMaximum"] = "Write 'maximum'; the bound itself is allowed.",
        ["minItems"] = "Write 'min_length'; it counts the elements of a list as well.",
        ["min_items"] = "Write 'min_length'; it counts the elements of a list as well.",
        ["maxItems"] = "Write 'max_length'; it counts the elements of a list as well.",
        ["max_items"] = "Write 'max_length'; it counts the elements of a list as well.",
        ["format"] = "Write a 'pattern'; formats are not checked.",
        ["const"] = "Write 'enum' with one value.",
        ["values"] = "Write 'enum'.",
        ["options"] = "Write 'enum'.",
        ["choices"] = "Write 'enum'.",
        ["optional"] = "Remove it; only 'required: true' must be given.",
        ["nullable"] = "Write 'null' among the types: type: [string, 'null'].",
        ["additionalProperties"] = "Remove it; members that 'properties' does not name are kept.",
        ["patternProperties"] = Unchecked,
        ["propertyNames"] = Unchecked,
        ["minProperties"] = Unchecked,
        ["maxProperties"] = Unchecked,
        ["dependentRequired"] = Unchecked,
        ["multipleOf"] = Unchecked,
        ["uniqueItems"] = Unchecked,
        ["contains"] = Unchecked,
        ["prefixItems"] = Unchecked,
        ["oneOf"] = Combined,
        ["anyOf"] = Combined,
        ["allOf"] = Combined,
        ["not"] = Combined,
        ["if"] = Combined,
        ["then"] = Combined,
        ["else"] = Combined,
        ["$ref"] = WrittenOut,
        ["$defs"] = WrittenOut,
        ["definitions"] = WrittenOut,
        ["title"] = ForPeople,
        ["label"] = ForPeople,
        ["examples"] = ForPeople,
        ["example"] = ForPeople,
        ["$comment"] = ForPeople,
        ["deprecated"] = ForPeople,
        ["readOnly"] = ForPeople,
        ["writeOnly"] = ForPeople,
    }.ToFrozenDictionary();

    public static readonly FrozenDictionary<string, string> RootSchema = new Dictionary<string, string>
    {
        ["$defs"] = WrittenOut,
        ["definitions"] = WrittenOut,
        ["$id"] = ForPeople,
        ["$comment"] = ForPeople,
        ["examples"] = ForPeople,
        ["default"] = "Write 'default' at each of the properties.",
        ["oneOf"] = Combined,
        ["anyOf"] = Combined,
        ["allOf"] = Combined,
        ["patternProperties"] = Unchecked,
        ["minProperties"] = Unchecked,
        ["maxProperties"] = Unchecked,
    }.ToFrozenDictionary();
}
