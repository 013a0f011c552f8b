namespace Executor.Actors.Tests.Engine;

/// <summary>The classic case: a group of items in a window, then one successor.</summary>
internal static class SeedWorkflow
{
    public const string Yaml =
        """
        ref: test.seed
        tasks:
          - name: process_items
            action: core.noop
            with_items: [a, b, c, d, e]
            concurrency: 3
            next:
              - when: "{{ succeeded() }}"
                do: validate
          - name: validate
            action: core.noop
        """;
}
