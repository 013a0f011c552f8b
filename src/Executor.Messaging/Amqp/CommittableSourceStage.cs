using Akka.Streams;
using Akka.Streams.Stage;

namespace Executor.Messaging.Amqp;

/// <summary>One consumer on one channel; it ends with the channel.</summary>
/// <remarks>The broker sends no more than the prefetch, so what has not been asked for yet needs no bound here.</remarks>
internal sealed class CommittableSourceStage(NamedQueueSourceSettings settings, ushort prefetch)
    : GraphStage<SourceShape<CommittableMessage>>
{
    private readonly Outlet<CommittableMessage> _out = new("AmqpSource.out");

    public override SourceShape<CommittableMessage> Shape => new(_out);

    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(this);

    private sealed class Logic : OutGraphStageLogic
    {
        private readonly CommittableSourceStage _stage;
        private readonly Queue<CommittableMessage> _waiting = new();
        private readonly StageConsumer _consumer;

        public Logic(CommittableSourceStage stage)
            : base(stage.Shape)
        {
            _stage = stage;
            _consumer = new StageConsumer(
                stage.Settings, stage.Prefetch, GetAsyncCallback<CommittableMessage>(Arrived),
                GetAsyncCallback<Exception>(FailStage));
            SetHandler(stage._out, this);
        }

        public override void PreStart() => _consumer.Start();

        public override void PostStop() => _consumer.Stop();

        public override void OnPull()
        {
            if (_waiting.TryDequeue(out var message))
            {
                Push(_stage._out, message);
            }
        }

        private void Arrived(CommittableMessage message)
        {
            if (_waiting.Count == 0 && IsAvailable(_stage._out))
            {
                Push(_stage._out, message);
            }
            else
            {
                _waiting.Enqueue(message);
            }
        }
    }

    private NamedQueueSourceSettings Settings => settings;

    private ushort Prefetch => prefetch;
}
