using Executor.Actors.Tests.Engine;

namespace Executor.Actors.Tests.Calls;

/// <summary>A workflow that calls another for each of two items, and then goes on; and one that calls one that calls one.</summary>
internal static class Families
{
    public const string Child = "lib.child";

    public const string Main =
        """
        tasks:
          - name: call
            action: lib.child
            with_items: [a, b]
            concurrency: 2
            input: {what: "{{ item }}"}
            next: [{when: succeeded(), do: report}]
          - {name: report, action: core.noop}
        output_map: {children: "{{ task.call }}"}
        """;

    public const string Output = """{"children":[{"was":"a"},{"was":"b"}]}""";

    private const string Called =
        """
        parameters: {what: {type: string, required: true}}
        tasks:
          - {name: one, action: core.noop, next: [{when: succeeded(), do: two}]}
          - {name: two, action: core.noop}
        output_map: {was: "{{ parameters.what }}"}
        """;

    public const string Top =
        """
        tasks:
          - {name: call, action: lib.middle, next: [{when: succeeded(), do: report}]}
          - {name: report, action: core.noop}
        output_map: {below: "{{ task.call }}"}
        """;

    public const string TopOutput = """{"below":{"below":{"done":true}}}""";

    public static void AddThree(World world)
    {
        world.Workflows["lib.middle"] = World.Workflow(
            """
            tasks:
              - {name: call, action: lib.leaf, next: [{when: succeeded(), do: after}]}
              - {name: after, action: core.noop}
            output_map: {below: "{{ task.call }}"}
            """);
        world.Workflows["lib.leaf"] = World.Workflow(
            """
            tasks: [{name: work, action: core.noop}]
            output_map: {done: true}
            """);
    }

    public static void Add(World world) => world.Workflows[Child] = World.Workflow(Called);
}
