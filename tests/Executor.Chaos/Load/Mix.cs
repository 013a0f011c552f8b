namespace Executor.Chaos.Load;

/// <summary>What is started, in which proportion, and how.</summary>
internal static class Mix
{
    private static readonly (string Workflow, int Share)[] Shares =
    [
        ("items", 26), ("fork", 13), ("loop", 9), ("retry", 9), ("failfast", 7), ("finish", 4), ("stop", 3), ("shell", 9),
        ("parallel", 6), ("calls", 8), ("approve", 6),
    ];

    public static IEnumerable<string> Workflows => Shares.Select(share => share.Workflow);

    public static string Draw(Random dice)
    {
        var left = dice.Next(Shares.Sum(share => share.Share));
        return Shares.First(share => (left -= share.Share) < 0).Workflow;
    }

    /// <param name="canary">A text that may stand in inputs and nowhere else that people read.</param>
    public static Dictionary<string, object> Inputs(string workflow, Random dice, string ledger, string canary) => workflow switch
    {
        "items" => new()
        {
            ["count"] = dice.Next(10) == 0 ? 10 : 5,
            ["parallel"] = 3,
            ["ms"] = dice.Next(0, 50),
            ["note"] = canary,
        },
        "fork" => new() { ["ms"] = dice.Next(0, 50) },
        "shell" => new() { ["ledger"] = ledger },
        _ => [],
    };

    /// <summary>How long after its start it is cancelled; null for never.</summary>
    public static TimeSpan? CancelAfter(string workflow, Random dice) =>
        workflow is "finish" or "stop" || (workflow == "calls" && dice.Next(4) == 0)
            ? TimeSpan.FromMilliseconds(dice.Next(50, 1_500))
            : null;

    /// <summary>How long after its start it is paused, and for how long; null for not at all.</summary>
    public static (TimeSpan After, TimeSpan Length)? Pause(string workflow, Random dice) =>
        workflow is "items" or "fork" or "loop" or "retry" or "calls" && dice.Next(12) == 0
            ? (TimeSpan.FromMilliseconds(dice.Next(20, 800)), TimeSpan.FromMilliseconds(dice.Next(100, 2_000)))
            : null;

    public static string Definition(string workflow)
    {
        using var stream = typeof(Mix).Assembly.GetManifestResourceStream(workflow)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
