namespace Executor.Core.Expressions;

/// <summary>How much of its arguments a function looks at, which decides what must be fetched for it.</summary>
internal enum Reading
{
    /// <summary>Everything in them.</summary>
    Whole,

    /// <summary>The arguments themselves; what is in them is only handed on, or opened by the function.</summary>
    Outer,

    /// <summary>No more than what they are.</summary>
    Nothing,
}
