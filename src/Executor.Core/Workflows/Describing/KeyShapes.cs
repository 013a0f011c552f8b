using System.Collections.Immutable;
using System.Text.Json.Nodes;
using static Executor.Core.Workflows.Describing.Shape;

namespace Executor.Core.Workflows.Describing;

/// <summary>What the keys of one kind of mapping mean and hold, in the order in which people write them.</summary>
/// <param name="All">Also of keys that the language has and this version's reader does not.</param>
internal sealed record KeyShapes(ImmutableArray<KeyValuePair<string, JsonObject>> All)
{
    /// <summary>A task has at least one of these.</summary>
    public static readonly ImmutableArray<string> SaysWhatItRuns = ["action", "type"];

    public static readonly KeyShapes Workflow = Of(
        ("ref", "Name for starting it, as pack.name; without it, the file's name.",
            Having(Types("string", "number", "boolean", "null"), "pattern", @"^[a-z0-9_-]+(?:\.[a-z0-9_-]+){0,3}$")),
        ("label", "A short name for people.", Text),
        ("description", "What it does, for people.", Text),
        ("tags", "Words to find it by.", Texts),
        ("version", "The author's version; another text is stored under the same ref only with another one.", Text),
        ("parameters", "What inputs a run takes: a map from names to schemas, or one JSON Schema of an object.", Parameters),
        ("vars", "Variables at the start, in order; templates see parameters and the variables before.", Templates),
        ("tasks", "The tasks: a list with names, or a map from names to tasks.", Tasks),
        ("output_map", "The result of a run: its entries are rendered once, when the run ends.", Templates),
        ("output", "The same as output_map.", Templates),
        ("cancellation_policy", "What a cancel does to actions that run: let them finish (default), or stop them.",
            Words("allow_finish", "cancel_running")),
        ("timeout", "For the whole run: seconds, or a text such as 1h30m.", SpanAboveZero(orTemplate: false)),
        ("max_parallel", "Upper bound of actions of this run that are out at any moment.", Integer(1)));

    public static readonly KeyShapes Task = Of(
        ("name", "Unique in the workflow; task.NAME is its result.",
            Having(Types("string", "boolean", "null"), "pattern", "^[A-Za-z_][A-Za-z0-9_-]*$")),
        ("action", "What it calls, as pack.name; inputs may follow: core.echo message=\"x\".", Having(Types("string"), "minLength", 1)),
        ("type", "'parallel': runs its own tasks side by side and waits for all of them.", Words("parallel")),
        ("tasks", "Of 'type: parallel': the tasks that run side by side.", Tasks),
        ("input", "Inputs of the action; every text may be a template.", MapOrTemplate),
        ("when", "Evaluated on entry; false skips the task.", Condition),
        ("with_items", "One dispatch for each element: a list, or a template that gives one.", Anything),
        ("with", "The same as with_items: 'x in list', a list, or {items, concurrency}.",
            OneOf(Types("string", "array", "number", "boolean", "null"), Refer("with"))),
        ("concurrency", "Items in flight at any moment; 1 without it.", OrTemplate(Integer(1))),
        ("batch_size", "Each dispatch gets a list of up to so many elements.", Integer(1)),
        ("fail_fast", "After the first failed item no further one is started.", Flag),
        ("join", "Waits for arrivals from all tasks that lead here, or from so many different ones.",
            OneOf(Words("all"), Integer(1))),
        ("delay", "Waits before the dispatch: seconds, or a text such as 90s.", Span(orTemplate: true)),
        ("timeout", "Of one attempt: seconds, or a text such as 5m.", SpanAboveZero(orTemplate: true)),
        ("retry", "Repeats attempts that failed, timed out or lost their worker.", OrNothing(Refer("retry"))),
        ("next", "What follows: every entry whose condition holds fires, in order.", ListOf(Refer("transition"))),
        ("publish", "Variables to set when it succeeds.", Publications),
        ("on_success", "Tasks that follow a success; the same as an entry of next.", Targets),
        ("on_failure", "Tasks that follow a failure.", Targets),
        ("on_complete", "Tasks that follow in any case.", Targets),
        ("on_timeout", "Tasks that follow when its time was up.", Targets),
        ("decision", "Only the first entry whose condition holds is followed.", ListOf(Refer("decision"))),
        ("pool", "Which workers get it.", Having(TemplateText, "minLength", 1)),
        ("idempotent", "Whether it may be repeated at once when its worker was lost.", Flag));

    public static readonly KeyShapes With = Of(
        ("items", "A list, a template that gives one, or 'x in list'.",
            Types("array", "string", "object", "number", "boolean")),
        ("concurrency", "Items in flight at any moment; 1 without it.", OrTemplate(Integer(1))),
        ("batch_size", "Each dispatch gets a list of up to so many elements.", Integer(1)));

    public static readonly KeyShapes Retry = Of(
        ("count", "Further attempts after the first one.", Integer(1, 100)),
        ("delay", "Between attempts: seconds, or a text such as 30s.", Span(orTemplate: false)),
        ("backoff", "How the delay grows; constant without it.", Words("constant", "linear", "exponential")),
        ("max_delay", "The longest delay.", Span(orTemplate: false)),
        ("jitter", "The largest share of a delay that is added or taken away, 0 to 1.",
            Having(Having(Number, "minimum", 0), "maximum", 1)),
        ("when", "Sees the failed attempt; false ends the repeating.", Condition),
        ("on_error", "The same as when.", Condition));

    public static readonly KeyShapes Transition = Of(
        ("when", "Sees the ended task: succeeded(), failed(), timed_out(), result(), error(); without it, always.", Condition),
        ("publish", "Variables to set; {{ result() }} is the result of the ended task.", Publications),
        ("do", "Tasks to go on with, or noop, continue, fail, retry.", Targets));

    public static readonly KeyShapes Decision = Of(
        ("when", "As in an entry of next; without it, always.", Condition),
        ("next", "Tasks to go on with, or noop, continue, fail, retry.", Targets),
        ("default", "Whether it is followed only when no other entry is.", Flag));

    public static readonly KeyShapes Schema = Of(
        ("type", "What values it takes; without it, any.", OneOf(Words(Kinds), Having(Types("array"), "items", Words(Kinds)))),
        ("required", "Whether a start must give it; of an object, also the list of the properties that must be there.",
            OneOf(Flag, Types("array", "null"))),
        ("default", "Its value where a start gives none.", Anything),
        ("enum", "The only values that it takes.", Having(Types("array", "null"), "minItems", 1)),
        ("minimum", "The smallest number.", Number),
        ("maximum", "The largest number.", Number),
        ("min_length", "The fewest characters or elements.", Integer(0)),
        ("minLength", "The same as min_length.", Integer(0)),
        ("max_length", "The most characters or elements.", Integer(0)),
        ("maxLength", "The same as max_length.", Integer(0)),
        ("pattern", "A regular expression that is found in the text.", Types("string", "null")),
        ("items", "The schema of each element of a list.", OrNothing(Refer("parameter"))),
        ("properties", "The schemas of members of an object.", MapOf(OrNothing(Refer("parameter")))),
        ("secret", "Whether it is hidden from people.", Flag),
        ("description", "What it is for.", Text));

    public static readonly KeyShapes RootSchema = Of(
        ("type", "Always object.", new JsonObject { ["const"] = "object" }),
        ("properties", "The parameters.", MapOf(OrNothing(Refer("parameter")))),
        ("required", "The parameters that a start must give.", Types("array", "null")),
        ("additionalProperties", "Whether inputs of other names are kept.", Flag),
        ("description", "For people.", Anything),
        ("title", "For people.", Anything),
        ("$schema", "For other tools.", Anything));

    private static JsonObject Parameters => new()
    {
        ["type"] = "object",
        ["if"] = new JsonObject
        {
            ["required"] = new JsonArray("type"),
            ["properties"] = new JsonObject { ["type"] = new JsonObject { ["const"] = "object" } },
        },
        ["then"] = Refer("parameters"),
        ["else"] = new JsonObject { ["additionalProperties"] = OrNothing(Refer("parameter")) },
    };

    private static JsonObject Tasks => OneOf(
        Having(
            Having(Types("array"), "items", new JsonObject
            {
                ["allOf"] = new JsonArray(Refer("task"), new JsonObject { ["required"] = new JsonArray("name") }),
            }),
            "minItems", 1),
        Having(Having(Types("object"), "additionalProperties", Refer("task")), "minProperties", 1));

    /// <summary>A map, a list of maps of one key, or names that get the whole result.</summary>
    private static JsonObject Publications => OneOf(
        Types("object", "string", "null"),
        Having(
            Types("array"), "items",
            Having(Having(Types("object", "string"), "minProperties", 1), "maxProperties", 1)));

    private static JsonObject Targets => OneOf(Types("string", "null"), Having(Types("array"), "items", Types("string")));

    private static string[] Kinds => ["string", "integer", "number", "boolean", "array", "object", "null"];

    private static KeyShapes Of(params (string Key, string Meaning, JsonObject Shape)[] keys) =>
        new([.. keys.Select(key => KeyValuePair.Create(key.Key, Described(key.Meaning, key.Shape)))]);

    private static JsonObject Described(string meaning, JsonObject shape)
    {
        var described = new JsonObject { ["description"] = meaning };
        foreach (var (name, part) in shape)
        {
            described[name] = part?.DeepClone();
        }

        return described;
    }
}
