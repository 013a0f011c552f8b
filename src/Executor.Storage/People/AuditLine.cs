using Executor.Core;

namespace Executor.Storage.People;

/// <summary>A row of <c>audit</c> as it stands in the database.</summary>
internal sealed class AuditLine
{
    public long At { get; init; }

    public required string Principal { get; init; }

    public required string Address { get; init; }

    public required string RequestId { get; init; }

    public required string Action { get; init; }

    public required string Object { get; init; }

    public required string Outcome { get; init; }

    public AuditRow ToRow() => new(Micros.ToTime(At), Principal, Address, RequestId, Action, Object, Outcome);
}
