using Akka.Actor;

namespace Executor.Actors.Configuration;

/// <summary>Props from a function: an expression tree would have to be compiled at each start of the process.</summary>
internal sealed class Made<T>(Func<T> make) : IIndirectActorProducer
    where T : ActorBase
{
    public Type ActorType => typeof(T);

    public static Props By(Func<T> make) => Props.CreateBy(new Made<T>(make));

    public ActorBase Produce() => make();

    public void Release(ActorBase actor)
    {
    }
}
