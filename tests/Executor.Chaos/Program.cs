using Executor.Chaos;
using Executor.Chaos.Bars;
using Executor.Chaos.Ledgers;

return args switch
{
    ["worker", var name, var ledger] => await LedgerWorker.RunAsync(
        Environment.GetEnvironmentVariable("CHAOS_BROKER")!, name, ledger),
    [BarsCommand.Name, .. var options] => await BarsCommand.RunAsync(options),
    [var profile, .. var options] when Profile.All.FirstOrDefault(one => one.Name == profile) is { } known =>
        await ChaosCommand.RunAsync(known, options),
    _ => ChaosCommand.Usage(),
};
