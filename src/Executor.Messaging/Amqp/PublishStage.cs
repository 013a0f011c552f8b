using Akka.Streams;
using Akka.Streams.Stage;
using Executor.Messaging.Telemetry;

namespace Executor.Messaging.Amqp;

/// <summary>A window of publishes, answered in the order of their coming.</summary>
internal sealed class PublishStage<T>(AmqpSinkSettings settings)
    : GraphStage<FlowShape<(OutgoingMessage Message, T PassThrough), (PublishOutcome Outcome, T PassThrough)>>
{
    private readonly Inlet<(OutgoingMessage Message, T PassThrough)> _in = new("AmqpFlow.in");
    private readonly Outlet<(PublishOutcome Outcome, T PassThrough)> _out = new("AmqpFlow.out");

    public override FlowShape<(OutgoingMessage Message, T PassThrough), (PublishOutcome Outcome, T PassThrough)> Shape =>
        new(_in, _out);

    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(this, settings);

    private sealed class Sent(T passThrough)
    {
        public T PassThrough => passThrough;

        public PublishOutcome? Outcome { get; set; }
    }

    private sealed class Logic : InAndOutGraphStageLogic
    {
        private readonly PublishStage<T> _stage;
        private readonly int _window;
        private readonly AmqpPublisher _publisher;
        private readonly Queue<Sent> _sent = new();
        private readonly Action<(Sent Sent, PublishOutcome Outcome)> _answered;

        public Logic(PublishStage<T> stage, AmqpSinkSettings settings)
            : base(stage.Shape)
        {
            _stage = stage;
            _window = settings.Window;
            _publisher = new AmqpPublisher(settings);
            _answered = GetAsyncCallback<(Sent Sent, PublishOutcome Outcome)>(Answered);
            SetHandlers(stage._in, stage._out, this);
        }

        public override void OnPush()
        {
            var (message, passThrough) = Grab(_stage._in);
            var sent = new Sent(passThrough);
            _sent.Enqueue(sent);
            _ = PublishAsync(sent, message);
            PullIfThereIsRoom();
        }

        public override void OnPull()
        {
            PushIfAnswered();
            PullIfThereIsRoom();
        }

        public override void OnUpstreamFinish() => CompleteIfDone();

        public override void PreStart() => BrokerMeter.Opened(_window);

        public override void PostStop()
        {
            BrokerMeter.Closed(_window);
            _publisher.Close();
        }

        private async Task PublishAsync(Sent sent, OutgoingMessage message)
        {
            var sentAt = BrokerMeter.Sent();
            var outcome = await _publisher.PublishAsync(message);
            BrokerMeter.Answered(outcome, sentAt);
            _answered((sent, outcome));
        }

        private void Answered((Sent Sent, PublishOutcome Outcome) answer)
        {
            answer.Sent.Outcome = answer.Outcome;
            if (IsAvailable(_stage._out))
            {
                PushIfAnswered();
                PullIfThereIsRoom();
            }
        }

        private void PushIfAnswered()
        {
            if (_sent.TryPeek(out var first) && first.Outcome is { } outcome)
            {
                _sent.Dequeue();
                Push(_stage._out, (outcome, first.PassThrough));
                CompleteIfDone();
            }
        }

        private void PullIfThereIsRoom()
        {
            if (_sent.Count < _window && !HasBeenPulled(_stage._in) && !IsClosed(_stage._in))
            {
                Pull(_stage._in);
            }
        }

        private void CompleteIfDone()
        {
            if (_sent.Count == 0 && IsClosed(_stage._in))
            {
                CompleteStage();
            }
        }
    }
}
