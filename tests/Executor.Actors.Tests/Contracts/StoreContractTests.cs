namespace Executor.Actors.Tests.Contracts;

public sealed class InMemoryReserveTests : ReserveContract
{
    protected override Task<Stores> OpenAsync() => Stores.InMemoryAsync();
}

public sealed class InMemoryClaimTests : ClaimContract
{
    protected override Task<Stores> OpenAsync() => Stores.InMemoryAsync();
}

public sealed class InMemoryEndTests : EndContract
{
    protected override Task<Stores> OpenAsync() => Stores.InMemoryAsync();
}

public sealed class InMemoryStaleTests : StaleContract
{
    protected override Task<Stores> OpenAsync() => Stores.InMemoryAsync();
}

public sealed class InMemoryGuardRaceTests : GuardRaceContract
{
    protected override Task<Stores> OpenAsync() => Stores.InMemoryAsync();
}

public sealed class InMemoryExecutionStoreTests : ExecutionStoreContract
{
    protected override Task<Stores> OpenAsync() => Stores.InMemoryAsync();
}

public sealed class InMemoryRunPagesTests : RunPagesContract
{
    protected override Task<Stores> OpenAsync() => Stores.InMemoryAsync();
}

public sealed class InMemoryInquiryStoreTests : InquiryStoreContract
{
    protected override Task<Stores> OpenAsync() => Stores.InMemoryAsync();
}

public sealed class InMemoryResultStoreTests : ResultStoreContract
{
    protected override Task<Stores> OpenAsync() => Stores.InMemoryAsync();
}

public sealed class InMemoryWorkflowCatalogTests : WorkflowCatalogContract
{
    protected override Task<Stores> OpenAsync() => Stores.InMemoryAsync();
}

public sealed class InMemoryDueTimesTests : DueTimesContract
{
    protected override Task<Stores> OpenAsync() => Stores.InMemoryAsync();
}

public sealed class SqliteReserveTests : ReserveContract
{
    protected override Task<Stores> OpenAsync() => Stores.SqliteAsync();
}

public sealed class SqliteClaimTests : ClaimContract
{
    protected override Task<Stores> OpenAsync() => Stores.SqliteAsync();
}

public sealed class SqliteEndTests : EndContract
{
    protected override Task<Stores> OpenAsync() => Stores.SqliteAsync();
}

public sealed class SqliteStaleTests : StaleContract
{
    protected override Task<Stores> OpenAsync() => Stores.SqliteAsync();
}

public sealed class SqliteGuardRaceTests : GuardRaceContract
{
    protected override Task<Stores> OpenAsync() => Stores.SqliteAsync();
}

public sealed class SqliteExecutionStoreTests : ExecutionStoreContract
{
    protected override Task<Stores> OpenAsync() => Stores.SqliteAsync();
}

public sealed class SqliteRunPagesTests : RunPagesContract
{
    protected override Task<Stores> OpenAsync() => Stores.SqliteAsync();
}

public sealed class SqliteInquiryStoreTests : InquiryStoreContract
{
    protected override Task<Stores> OpenAsync() => Stores.SqliteAsync();
}

public sealed class SqliteResultStoreTests : ResultStoreContract
{
    protected override Task<Stores> OpenAsync() => Stores.SqliteAsync();
}

public sealed class SqliteWorkflowCatalogTests : WorkflowCatalogContract
{
    protected override Task<Stores> OpenAsync() => Stores.SqliteAsync();
}

public sealed class SqliteDueTimesTests : DueTimesContract
{
    protected override Task<Stores> OpenAsync() => Stores.SqliteAsync();
}
