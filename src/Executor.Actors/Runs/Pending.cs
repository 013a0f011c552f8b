using Akka.Actor;
using Executor.Core.Runs;

namespace Executor.Actors.Runs;

/// <summary>A command that waits for its decision, and who asked.</summary>
internal readonly record struct Pending(RunCommand Command, IActorRef Sender);
