namespace Executor.Core.Tests.Language;

/// <summary>
/// For each key that the reader takes, a workflow that ends otherwise without it. The line of the key ends in
/// <c>#-</c>; some have a script, after a line of dashes.
/// </summary>
internal static class KeySamples
{
    /// <summary>Keys that are for people and for other tools: they are kept, and decide nothing.</summary>
    public static readonly string[] ForPeople =
    [
        "Workflow label", "Workflow description", "Workflow tags", "Schema description", "RootSchema description",
        "RootSchema title", "RootSchema $schema",
    ];

    /// <summary>
    /// No run looks at it: it decides whether another text is stored under the same name, as the tests of the API show.
    /// </summary>
    public static readonly string[] ForTheCatalogue = ["Workflow version"];

    public static readonly Dictionary<string, string> All = new(SchemaKeySamples.All)
    {
        ["Workflow ref"] = """
            ref: shop.order #-
            tasks: [{name: a, action: core.noop, input: {ref: "{{ system.workflow }}"}}]
            """,
        ["Workflow parameters"] = """
            parameters: {n: {default: 5}} #-
            tasks: [{name: a, action: core.noop, input: {n: "{{ parameters }}"}}]
            """,
        ["Workflow vars"] = """
            vars: {n: 5} #-
            tasks: [{name: a, action: core.noop, input: {n: "{{ vars }}"}}]
            """,
        ["Workflow tasks"] = """
            ref: x
            tasks: [{name: a, action: core.noop}] #-
            """,
        ["Workflow output_map"] = """
            tasks: [{name: a, action: core.noop}]
            output_map: {n: 5} #-
            """,
        ["Workflow output"] = """
            tasks: [{name: a, action: core.noop}]
            output: [{n: 5}] #-
            """,
        ["Workflow cancellation_policy"] = """
            cancellation_policy: cancel_running #-
            tasks: [{name: a, action: core.noop}]
            ---
            controls: [{after: 0, op: cancel}]
            """,
        ["Workflow timeout"] = """
            timeout: 10 #-
            tasks: [{name: a, action: core.noop, delay: 60}]
            """,
        ["Workflow max_parallel"] = """
            max_parallel: 1 #-
            tasks: [{name: a, action: core.noop}, {name: b, action: core.noop}]
            """,
        ["Task name"] = """
            tasks:
              - action: core.noop
                name: a #-
            """,
        ["Task action"] = """
            tasks:
              - name: a
                action: core.noop #-
            """,
        ["Task type"] = """
            tasks:
              - name: a
                type: parallel #-
                tasks: [{name: x, action: core.noop}, {name: y, action: core.noop}]
            """,
        ["Task tasks"] = """
            tasks:
              - name: a
                type: parallel
                tasks: [{name: x, action: core.noop}, {name: y, action: core.noop}] #-
            """,
        ["Task input"] = """
            tasks:
              - name: a
                action: core.noop
                input: {x: 1} #-
            """,
        ["Task when"] = """
            tasks:
              - name: a
                action: core.noop
                when: false #-
            """,
        ["Task with_items"] = """
            tasks:
              - name: a
                action: core.noop
                with_items: [x, y] #-
            """,
        ["Task with"] = """
            tasks:
              - name: a
                action: core.noop
                with: x in [1, 2] #-
            """,
        ["Task concurrency"] = """
            tasks:
              - name: a
                action: core.noop
                with_items: [x, y, z]
                concurrency: 2 #-
            """,
        ["Task batch_size"] = """
            tasks:
              - name: a
                action: core.noop
                with_items: [x, y, z]
                batch_size: 2 #-
            """,
        ["Task fail_fast"] = """
            tasks:
              - name: a
                action: core.noop
                with_items: [x, y]
                fail_fast: true #-
            ---
            script: {default: {status: failed}}
            """,
        ["Task join"] = """
            tasks:
              - {name: a, action: core.noop, next: [{do: c}]}
              - {name: b, action: core.noop, next: [{do: c}]}
              - name: c
                action: core.noop
                join: all #-
            """,
        ["Task delay"] = """
            tasks:
              - name: a
                action: core.noop
                delay: 1m #-
            """,
        ["Task timeout"] = """
            tasks:
              - name: a
                action: core.noop
                timeout: 7 #-
            """,
        ["Task retry"] = """
            tasks:
              - name: a
                action: core.noop
                retry: {count: 2} #-
            ---
            script: {default: {status: failed}}
            """,
        ["Task next"] = """
            tasks:
              - name: a
                action: core.noop
                next: [{when: failed(), do: noop}] #-
            ---
            script: {default: {status: failed}}
            """,
        ["Task on_success"] = Legacy("on_success: b", "completed"),
        ["Task on_failure"] = Legacy("on_failure: [b]", "failed"),
        ["Task on_timeout"] = Legacy("on_timeout: b", "timeout"),
        ["Task on_complete"] = Legacy("on_complete: b", "failed"),
        ["Task publish"] = Legacy("publish: {x: 1}", "completed"),
        ["Task decision"] = Legacy("decision: [{when: failed(), next: b}]", "failed"),
        ["Decision when"] = Decision("next: b", "when: failed()"),
        ["Decision next"] = Decision("when: succeeded()", "next: b"),
        ["Decision default"] = Decision("next: b", "default: true", "- {when: succeeded(), next: noop}"),
        ["Task pool"] = """
            tasks:
              - name: a
                action: core.noop
                pool: gpu #-
            """,
        ["Task idempotent"] = """
            tasks:
              - name: a
                action: core.noop
                idempotent: true #-
            ---
            script: {default: {status: abandoned}}
            """,
        ["With items"] = """
            tasks:
              - name: a
                action: core.noop
                with:
                  concurrency: 2
                  items: [x, y, z] #-
            """,
        ["With concurrency"] = """
            tasks:
              - name: a
                action: core.noop
                with:
                  items: [x, y, z]
                  concurrency: 2 #-
            """,
        ["With batch_size"] = """
            tasks:
              - name: a
                action: core.noop
                with:
                  items: [x, y, z]
                  batch_size: 2 #-
            """,
        ["Retry count"] = Retry("delay: 1", "count: 2"),
        ["Retry delay"] = Retry("count: 2", "delay: 3"),
        ["Retry backoff"] = Retry("count: 2\n      delay: 3", "backoff: exponential"),
        ["Retry max_delay"] = Retry("count: 2\n      delay: 3\n      backoff: linear", "max_delay: 4"),
        ["Retry jitter"] = Retry("count: 2\n      delay: 3", "jitter: 0.5"),
        ["Retry when"] = Retry("count: 2", "when: timed_out()"),
        ["Retry on_error"] = Retry("count: 2", "on_error: timed_out()"),
        ["Transition when"] = Transition("do: b", "when: failed()"),
        ["Transition publish"] = Transition("do: b", "publish: {x: 1}"),
        ["Transition do"] = Transition("when: succeeded()", "do: b"),
    };

    private static string Retry(string others, string key) => $$$"""
        tasks:
          - name: a
            action: core.noop
            retry:
              {{{others}}}
              {{{key}}} #-
        ---
        script: {default: {status: failed}}
        """;

    private static string Transition(string others, string key) => $$$"""
        tasks:
          - name: a
            action: core.noop
            next:
              - {{{others}}}
                {{{key}}} #-
          - name: b
            action: core.noop
            when: "{{ task.a is defined }}"
        """;

    private static string Legacy(string key, string status) => $$$"""
        tasks:
          - name: a
            action: core.noop
            {{{key}}} #-
          - name: b
            action: core.noop
            when: "{{ task.a is defined }}"
        ---
        script: {tasks: {a: [{status: {{{status}}} }]}}
        """;

    private static string Decision(string others, string key, string after = "") => $$$"""
        tasks:
          - name: a
            action: core.noop
            decision:
              - {{{others}}}
                {{{key}}} #-
              {{{after}}}
          - name: b
            action: core.noop
            when: "{{ task.a is defined }}"
        """;
}
