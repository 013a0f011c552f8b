using Executor.Benchmarks;
using Executor.Benchmarks.Cluster;

return args switch
{
    ["items", .. var sizes] => await ItemsBench.RunAsync(
        sizes.Length == 0 ? [1_000, 10_000, 20_000] : [.. sizes.Select(int.Parse)]),
    ["recover", .. var count] => await RecoverBench.RunAsync(count.Length == 0 ? 100_000 : int.Parse(count[0])),
    ["guard"] => await GuardBench.RunAsync(),
    ["guard-postgres"] => await PostgresGuardBench.RunAsync(),
    ["cluster", .. var count] => await ClusterBench.RunAsync(count.Length == 0 ? 15_000 : int.Parse(count[0])),
    ["decide"] => DecideBench.Run(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        Usage: Executor.Benchmarks items [COUNT...]   items through the whole engine, beside SQLite's own limit
               Executor.Benchmarks recover [COUNT]    a run of many items comes back, by its journal and by its snapshot
               Executor.Benchmarks guard              the guard's rows alone, beside SQLite's own limit
               Executor.Benchmarks guard-postgres     the guard's rows alone, beside PostgreSQL's own limit
               Executor.Benchmarks cluster [TASKS]    a node and a worker with PostgreSQL and RabbitMQ, beside their own limits
               Executor.Benchmarks decide             the pure decider alone
        """);
    return 2;
}
