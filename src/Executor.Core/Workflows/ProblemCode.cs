namespace Executor.Core.Workflows;

/// <summary>Codes of what a file can have wrong; stable, so that programs may compare them.</summary>
public static class ProblemCode
{
    public const string YamlSyntax = "yaml.syntax";
    public const string YamlLimit = "yaml.limit";
    public const string YamlDuplicateKey = "yaml.duplicate-key";

    public const string UnknownKey = "spec.unknown-key";
    public const string Unsupported = "spec.unsupported";
    public const string WrongType = "spec.type";
    public const string Missing = "spec.missing";
    public const string WrongValue = "spec.value";
    public const string Overridden = "spec.overridden";
    public const string NoEffect = "spec.no-effect";
    public const string SchemaInvalid = "schema.invalid";

    public const string WhenEmpty = "when.empty";
    public const string WhenMixedText = "when.mixed-text";
    public const string ReservedVariable = "vars.reserved";
    public const string DuplicateVariable = "vars.duplicate";
    public const string UnreadableVariable = "vars.unreadable";
    public const string HiddenVariable = "vars.hidden";

    public const string TaskDuplicate = "task.duplicate";
    public const string AcrossParallel = "task.across-parallel";
    public const string TaskReserved = "task.reserved";
    public const string UnknownTarget = "task.unknown-target";
    public const string Unreachable = "task.unreachable";
    public const string NoNextExit = "task.no-next-exit";
    public const string NoOutcome = "task.no-outcome";
    public const string NoEntry = "workflow.no-entry";
    public const string PublishedTwice = "publish.side-by-side";
    public const string NoItems = "items.missing";
    public const string NotAList = "items.not-a-list";
    public const string Concurrency = "items.concurrency";
    public const string JoinOnEntry = "join.on-entry";
    public const string JoinTooMany = "join.too-many";
    public const string JoinOnOwnPath = "join.on-own-path";
    public const string PoolEmpty = "pool.empty";
    public const string UnknownAction = "action.unknown";
    public const string EndlessCall = "call.endless";
    public const string UnknownName = "expr.unknown-name";
    public const string UnknownFunction = "expr.unknown-function";
    public const string WrongArguments = "expr.arguments";
    public const string WrongPattern = "expr.regex";

    public const string InputMissing = "input.missing";
    public const string InputType = "input.type";
    public const string InputEnum = "input.enum";
    public const string InputRange = "input.range";
    public const string InputLength = "input.length";
    public const string InputPattern = "input.pattern";
    public const string InputUnknown = "input.unknown";
    public const string InputShape = "input.shape";
}
