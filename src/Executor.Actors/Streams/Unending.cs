using Akka;
using Akka.Streams;
using Akka.Streams.Dsl;

namespace Executor.Actors.Streams;

/// <summary>A stream that is set up again, as a whole, whenever it ends or fails; until the switch ends it for good.</summary>
/// <remarks>
/// As a whole: a reader that goes on without the messages it had in hand would leave them in hand for ever, and one
/// whose handler has failed would not come back at all.
/// </remarks>
internal static class Unending
{
    private static readonly RestartSettings Pauses = RestartSettings.Create(
        TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(5), 0.2);

    public static Task RunAsync(
        Func<Source<Done, NotUsed>> stream, IMaterializer materializer, SharedKillSwitch stop) =>
        RestartSource.WithBackoff(stream, Pauses)
            .Via(stop.Flow<Done>())
            .RunWith(Sink.Ignore<Done>(), materializer);
}
