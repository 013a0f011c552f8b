namespace Executor.Actors.Tests.Contracts;

public sealed class PostgresReserveTests : ReserveContract
{
    protected override Task<Stores> OpenAsync() => Stores.PostgresAsync();
}

public sealed class PostgresClaimTests : ClaimContract
{
    protected override Task<Stores> OpenAsync() => Stores.PostgresAsync();
}

public sealed class PostgresEndTests : EndContract
{
    protected override Task<Stores> OpenAsync() => Stores.PostgresAsync();
}

public sealed class PostgresStaleTests : StaleContract
{
    protected override Task<Stores> OpenAsync() => Stores.PostgresAsync();
}

public sealed class PostgresGuardRaceTests : GuardRaceContract
{
    protected override Task<Stores> OpenAsync() => Stores.PostgresAsync();
}

public sealed class PostgresExecutionStoreTests : ExecutionStoreContract
{
    protected override Task<Stores> OpenAsync() => Stores.PostgresAsync();
}

public sealed class PostgresRunPagesTests : RunPagesContract
{
    protected override Task<Stores> OpenAsync() => Stores.PostgresAsync();
}

public sealed class PostgresInquiryStoreTests : InquiryStoreContract
{
    protected override Task<Stores> OpenAsync() => Stores.PostgresAsync();
}

public sealed class PostgresResultStoreTests : ResultStoreContract
{
    protected override Task<Stores> OpenAsync() => Stores.PostgresAsync();
}

public sealed class PostgresWorkflowCatalogTests : WorkflowCatalogContract
{
    protected override Task<Stores> OpenAsync() => Stores.PostgresAsync();
}

public sealed class PostgresDueTimesTests : DueTimesContract
{
    protected override Task<Stores> OpenAsync() => Stores.PostgresAsync();
}
