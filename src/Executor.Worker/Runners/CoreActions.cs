using Executor.Worker.Actions;
using Executor.Worker.Runners.Http;
using Executor.Worker.Runners.Processes;

namespace Executor.Worker.Runners;

/// <summary>The actions that every worker has.</summary>
public static class CoreActions
{
    public static IReadOnlyList<KeyValuePair<string, IActionRunner>> All(WorkerOptions options) =>
    [
        new("core.noop", new NoopRunner()),
        new("core.echo", new EchoRunner()),
        new("core.sleep", new SleepRunner()),
        new("core.fail", new FailRunner()),
        new("core.shell", new ShellRunner(options)),
        new("core.http_request", new HttpRunner(options.Http)),
    ];
}
