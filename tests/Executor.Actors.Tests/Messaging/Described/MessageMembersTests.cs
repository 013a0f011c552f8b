using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Executor.Core.Messages;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Actors.Tests.Messaging.Described;

/// <summary>Every member of every type on the wire is described, also one that is left out where it is null.</summary>
public sealed class MessageMembersTests
{
    private static readonly Dictionary<Type, string> Schemas = new()
    {
        [typeof(TaskRequest)] = "TaskRequest",
        [typeof(TaskResult)] = "TaskResult",
        [typeof(CancelRequest)] = "TaskCancel",
        [typeof(ClaimCalls)] = "ClaimCalls",
        [typeof(Claim)] = "Claim",
        [typeof(Renewal)] = "Renewal",
        [typeof(ClaimAnswers)] = "ClaimAnswers",
        [typeof(ClaimAnswer.Granted)] = "Granted",
        [typeof(ClaimAnswer.Refused)] = "Refused",
        [typeof(RenewalAnswer)] = "RenewalAnswer",
        [typeof(WorkerBeat)] = "WorkerBeat",
        [typeof(ItemOutcome)] = "Outcome",
        [typeof(Slot)] = "Slot",
    };

    /// <summary>Types that are one JSON value, and the two answers that <c>granted</c> tells apart.</summary>
    private static readonly Type[] Leaves =
        [typeof(DispatchId), typeof(RunId), typeof(Value), typeof(Value.Map), typeof(SlotStatus), typeof(ClaimAnswer)];

    public static TheoryData<string> Types => new(Schemas.Keys.Select(type => type.FullName!));

    [Theory]
    [MemberData(nameof(Types))]
    public void Type_and_description_have_the_same_members(string name)
    {
        var type = Schemas.Keys.Single(type => type.FullName == name);
        var members = Members(type).Select(Name);

        Assert.Equal(
            (type.BaseType == typeof(ClaimAnswer) ? members.Append("granted") : members).Order(),
            AsyncApiFile.Schemas[Schemas[type]]!["properties"]!.AsObject().Select(member => member.Key).Order());
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void What_a_member_holds_is_described_as_well(string name) =>
        Assert.All(
            Members(Schemas.Keys.Single(type => type.FullName == name)).Select(member => Content(member.PropertyType))
                .Where(type => type.Assembly == typeof(TaskRequest).Assembly && !Leaves.Contains(type)),
            type => Assert.Contains(type, Schemas.Keys));

    private static IEnumerable<PropertyInfo> Members(Type type) => type.GetProperties().Where(member =>
        member.CanWrite
        && member.GetCustomAttribute<JsonIgnoreAttribute>()?.Condition is not JsonIgnoreCondition.Always);

    private static Type Content(Type type) => Nullable.GetUnderlyingType(type)
        ?? (type.IsGenericType ? type.GetGenericArguments()[0] : type);

    private static string Name(PropertyInfo member) => member switch
    {
        { Name: nameof(ClaimAnswer.Granted.Lease) } => "leaseSeconds",
        _ => member.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name
            ?? JsonNamingPolicy.CamelCase.ConvertName(member.Name),
    };
}
