using Executor.Core;

namespace Executor.Host.Api.Access;

/// <summary>Who calls.</summary>
/// <param name="Name">For audit and limits.</param>
internal sealed record Principal(string Name, Role Role)
{
    /// <summary>On loopback without authentication: whoever sits at this machine.</summary>
    public static readonly Principal Local = new("local", Role.Admin);

    public static Principal Of(HttpContext context) => (Principal)context.Items[typeof(Principal)]!;

    public void Become(HttpContext context) => context.Items[typeof(Principal)] = this;
}
