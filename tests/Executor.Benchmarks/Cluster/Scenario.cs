namespace Executor.Benchmarks.Cluster;

/// <summary>A workflow and how many of its runs are under way together.</summary>
/// <param name="Tasks">Of one run.</param>
/// <param name="InFlight">Runs that are started and have not ended, at any time.</param>
internal sealed record Scenario(string Name, string Workflow, int Tasks, int InFlight)
{
    private const int Items = 100;
    private const int Steps = 10;

    /// <summary>Tasks stand in order of their names: the latencies between them are told apart by that.</summary>
    public static Scenario OfItems(int inFlight) => new(
        $"A: {Items} items, concurrency 10, then 1; {inFlight} runs at a time",
        $$$"""
        tasks:
          - name: each
            action: core.noop
            with_items: "{{ range({{{Items}}}) }}"
            concurrency: 10
            next:
              - do: then
          - name: then
            action: core.noop
        """,
        Items + 1, inFlight);

    public static Scenario OfSteps(int inFlight) => new(
        $"B: {Steps} steps; {inFlight} runs at a time",
        "tasks:\n" + string.Concat(Enumerable.Range(1, Steps).Select(step =>
            $"  - name: step{step:00}\n    action: core.noop\n"
            + (step < Steps ? $"    next:\n      - do: step{step + 1:00}\n" : ""))),
        Steps, inFlight);
}
