namespace Executor.Chaos.Bars;

/// <summary>Short runs, one after the other and without waiting for the ones before: the load under which all happens.</summary>
internal static class Trickle
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    public static async Task RunAsync(Stage stage, CancellationToken end, CancellationToken stop)
    {
        var inputs = new Dictionary<string, object> { ["count"] = 3, ["ms"] = 20 };
        var asking = new List<Task>();
        while (!end.IsCancellationRequested)
        {
            asking.Add(stage.StartAsync("paced", inputs, stop));
            await Task.Delay(Pause, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(asking);
    }
}
