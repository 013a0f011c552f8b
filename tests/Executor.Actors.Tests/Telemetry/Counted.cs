using System.Diagnostics.Metrics;
using Executor.Actors.Telemetry;

namespace Executor.Actors.Tests.Telemetry;

/// <summary>Counts of the whole process: of whatever else runs in it too.</summary>
internal sealed class Counted : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _sum;

    public Counted(string instrument, string answer)
    {
        _listener.InstrumentPublished = (found, listener) =>
        {
            if (found.Meter.Name == EngineMeter.Name && found.Name == instrument)
            {
                listener.EnableMeasurementEvents(found);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            if (tags.Length == 1 && (string?)tags[0].Value == answer)
            {
                Interlocked.Add(ref _sum, value);
            }
        });
        _listener.Start();
    }

    public long Sum => Interlocked.Read(ref _sum);

    public void Dispose() => _listener.Dispose();
}
