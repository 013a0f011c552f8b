using Akka;
using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Dsl;
using Executor.Actors.Streams;
using Executor.Actors.Telemetry;
using Executor.Core;
using Executor.Core.Messages;
using Executor.Core.Workers;

namespace Executor.Actors.Workers;

/// <summary>Listens to the workers and knows who is there. In memory: each node hears every worker again within seconds.</summary>
/// <param name="beats">Null: nobody tells.</param>
internal sealed class WorkerBoard(IWorkerBeats? beats, IScheduler clock)
{
    private volatile WorkerRoll _roll = WorkerRoll.Empty;

    public IReadOnlyList<WorkerSeen> Seen => _roll.At(clock.Now);

    public Task RunAsync(IMaterializer materializer, SharedKillSwitch stop) =>
        beats is null ? Task.CompletedTask : ListenAsync(beats, materializer, stop);

    private async Task ListenAsync(IWorkerBeats told, IMaterializer materializer, SharedKillSwitch stop)
    {
        EngineGauges.Show(this);
        try
        {
            await Unending.RunAsync(() => Heard(told), materializer, stop);
        }
        finally
        {
            EngineGauges.Hide(this);
        }
    }

    private Source<Done, NotUsed> Heard(IWorkerBeats told) =>
        Source.From(() => told.ReadAsync(CancellationToken.None)).Select(Hear);

    private Done Hear(WorkerBeat beat)
    {
        _roll = _roll.Hear(beat, clock.Now);
        return Done.Instance;
    }
}
