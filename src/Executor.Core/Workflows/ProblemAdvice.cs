using System.Collections.Frozen;

namespace Executor.Core.Workflows;

/// <summary>One sentence for each code: what to do about it.</summary>
public static class ProblemAdvice
{
    private static readonly FrozenDictionary<string, string> Sentences = new Dictionary<string, string>
    {
        ["yaml.syntax"] = "Correct the YAML at this place; indentation, quotes and brackets are the usual causes.",
        ["yaml.limit"] = "Make the file smaller or flatter; data belongs into parameters, not into the workflow.",
        ["yaml.duplicate-key"] = "Remove one of the two keys.",
        ["spec.unknown-key"] = "Correct the key's spelling or remove it; unknown keys are never ignored.",
        ["spec.unsupported"] = "Write it with the keys that this version reads.",
        ["spec.type"] = "Write a value of the expected type.",
        ["spec.missing"] = "Add the missing key.",
        ["spec.value"] = "Write one of the allowed values.",
        ["schema.invalid"] = "Correct the parameter's schema; see the list of schema keys.",
        ["when.empty"] = "Write an expression after 'when', or remove the key.",
        ["when.mixed-text"] = "Put the whole condition into one pair of braces, or write it without braces.",
        ["vars.reserved"] = "Choose another name; this one means something else in expressions.",
        ["vars.duplicate"] = "Give each variable once.",
        ["vars.error"] = "Correct the template of the variable; it sees parameters and the variables before it.",
        ["task.duplicate"] = "Rename one of the two tasks.",
        ["task.reserved"] = "Choose another name; this one means something else in expressions or transitions.",
        ["task.unknown-target"] = "Name a task of this workflow, or one of noop, continue, fail, retry.",
        ["task.unreachable"] = "Lead a transition to the task, or remove it.",
        ["task.no-next-exit"] = "Give one transition of the loop a condition that becomes false.",
        ["task.no-outcome"] = "Use task.NAME to speak of the result of one task.",
        ["task.failed"] = "Look at the task's result, or handle the failure with a transition.",
        ["task.timeout"] = "Raise the task's timeout, or handle it with a transition on timed_out().",
        ["task.cancelled"] = "It was stopped from outside; handle it with a transition on failed().",
        ["task.abandoned"] = "Its worker was lost; give the task a retry, or mark it idempotent.",
        ["workflow.no-entry"] = "Leave at least one task without a transition that leads to it.",
        ["publish.side-by-side"] = "Publish under two names, or join the branches first.",
        ["publish.error"] = "Correct the template of the published value.",
        ["condition.error"] = "Correct the condition; 'is defined' and default() accept what may be missing.",
        ["output.error"] = "Correct the entry; it sees the variables and results at the run's end.",
        ["items.missing"] = "Add 'with_items', or remove the key.",
        ["items.not-a-list"] = "Give a list; items(map) and range(n) make lists.",
        ["items.render"] = "Correct the input; it is rendered for each item before the first one starts.",
        ["items.too-many"] = "Split the list, or raise executor.limits.max_items.",
        ["items.concurrency"] = "Give an integer of at least 1.",
        ["join.on-entry"] = "Remove the join, or lead transitions to the task.",
        ["join.too-many"] = "Wait for fewer tasks, or write 'join: all'.",
        ["join.on-own-path"] = "Lead the way back to a task before the join.",
        ["join.unreachable"] = "Make sure that every task that the join waits for leads to it on all its ways.",
        ["action.unknown"] = "Correct the action's name, or install the pack that has it.",
        ["input.missing"] = "Give a value for the parameter.",
        ["input.type"] = "Give a value of the type that the schema names; nothing is converted.",
        ["input.enum"] = "Give one of the listed values.",
        ["input.range"] = "Give a number within the bounds.",
        ["input.length"] = "Give a text or list within the bounds of length.",
        ["input.pattern"] = "Give a text that matches the pattern.",
        ["input.unknown"] = "Correct the name, or declare the parameter.",
        ["input.shape"] = "Give the inputs as an object of names and values.",
        ["run.unknown"] = "Check the run's id; it has never been started here.",
        ["run.ended"] = "Nothing is left to do: an end is final. Start a new run instead.",
        ["slot.unknown"] = "Nothing to do for people: the run reads its journal again and the message comes again.",
        ["run.timeout"] = "Raise the workflow's timeout.",
        ["run.too-many-visits"] = "Bound the loop, or raise executor.limits.max_visits.",
        ["run.too-deep"] = "End the recursion, or raise executor.limits.max_depth.",
        ["run.failed-by-command"] = "A transition said 'fail'; look at the task it belongs to.",
        ["retry.error"] = "Correct the condition of the retry.",
        ["limit.expression"] = "Let the expression build less.",
        ["expr.syntax"] = "Correct the expression at this place.",
        ["expr.number"] = "Write a number that fits into 64 bits.",
        ["expr.unknown-name"] = "Correct the name, or define it; default() accepts what may be missing.",
        ["expr.unknown-function"] = "Correct the function's name.",
        ["expr.arguments"] = "Give the function the arguments that it takes.",
        ["expr.type"] = "Convert the value first: string(), number() and int() do.",
        ["expr.index"] = "Stay within the length; get(list, index) gives null beyond it.",
        ["expr.divide-by-zero"] = "Test the divisor first.",
        ["expr.overflow"] = "Use smaller numbers, or floats.",
        ["expr.too-large"] = "Let the expression build less.",
        ["expr.regex"] = "Write a pattern without look-around and back references.",
        ["template.unclosed"] = "Close the braces, or write {{ '{{' }} to mean them.",
    }.ToFrozenDictionary();

    public static IEnumerable<string> Codes => Sentences.Keys;

    /// <returns>Null for a code that is not known here.</returns>
    public static string? Of(string code) => Sentences.GetValueOrDefault(code);
}
