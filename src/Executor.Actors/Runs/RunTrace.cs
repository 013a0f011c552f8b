using System.Diagnostics;
using Executor.Actors.Telemetry;
using Executor.Core.Runs;

namespace Executor.Actors.Runs;

/// <summary>Which command has caused what: the spans of the entry that is being decided or written.</summary>
/// <remarks>In memory only; a run that comes back repeats its sends without.</remarks>
internal sealed class RunTrace
{
    private readonly List<Activity> _spans = [];
    private readonly Dictionary<DispatchId, string> _causes = [];

    /// <summary>Of the last command that had one: what a timer does follows from that.</summary>
    public string? Last { get; private set; }

    /// <returns>The span of its decision, null while nobody listens.</returns>
    public Activity? Begin(RunId run, in Pending pending)
    {
        var span = EngineTracing.Decide(run, pending.Command, pending.Trace);
        if (span is not null)
        {
            _spans.Add(span);
        }

        return span;
    }

    public void Decided(in Pending pending, Activity? span, Decision decision)
    {
        if ((span?.Id ?? pending.Trace) is not { } cause)
        {
            return;
        }

        Last = cause;
        span?.SetTag("executor.events", decision.Events.Length);
        foreach (var happened in decision.Events)
        {
            if (happened is RunEvent.Dispatched dispatched)
            {
                _causes[dispatched.Id] = cause;
            }
        }
    }

    /// <summary>With its cause, where it has one.</summary>
    public RunEffect Caused(RunEffect effect) =>
        effect is RunEffect.Send send && _causes.TryGetValue(send.Request.Id, out var cause)
            ? send with { Request = send.Request with { Trace = cause } }
            : effect;

    /// <summary>The entry is stored, or there is none to store; or it failed.</summary>
    public void EndEntry(string? error = null)
    {
        foreach (var span in _spans)
        {
            if (error is not null)
            {
                span.SetStatus(ActivityStatusCode.Error, error);
            }

            span.Stop();
        }

        _spans.Clear();
        _causes.Clear();
    }
}
