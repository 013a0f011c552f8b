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
    private string? _causeOfEnd;

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
            switch (happened)
            {
                case RunEvent.Dispatched dispatched:
                    _causes[dispatched.Id] = cause;
                    break;
                case RunEvent.RunEnded:
                    _causeOfEnd = cause;
                    break;
            }
        }
    }

    /// <summary>With its cause, where it has one.</summary>
    public RunEffect Caused(RunEffect effect) => effect switch
    {
        _ when Last is null => effect,
        RunEffect.Send send => send with { Request = send.Request with { Trace = _causes.GetValueOrDefault(send.Request.Id) } },
        RunEffect.Call call => call with { Trace = _causes.GetValueOrDefault(call.Run.ToCall()) },
        RunEffect.TellParent tell => tell with { Trace = _causeOfEnd },
        _ => effect,
    };

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
        _causeOfEnd = null;
    }
}
