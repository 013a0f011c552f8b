using System.Diagnostics;

namespace Executor.Core.Messages;

/// <summary>A W3C traceparent as text, as it travels beside messages: for whoever follows work through the system.</summary>
/// <remarks>No decision looks at it, and no journal keeps it.</remarks>
public static class TraceParent
{
    private const int Length = 55;

    /// <returns>Null when it is none: what others send is not passed on unread.</returns>
    public static string? Checked(string? text) => text is { Length: Length } && TryRead(text, out _) ? text : null;

    /// <returns>The default, which is no parent, when it is none.</returns>
    public static ActivityContext Read(string? text) => TryRead(text, out var context) ? context : default;

    private static bool TryRead(string? text, out ActivityContext context) =>
        ActivityContext.TryParse(text, traceState: null, isRemote: true, out context);
}
