using Executor.Core.Values;

namespace Executor.Core.Expressions;

/// <summary>A function of the language, and the filter of the same name.</summary>
public sealed class Function
{
    /// <summary>The maximum of a function that takes any number of arguments.</summary>
    public const int Any = int.MaxValue;

    private readonly Func<Arguments, Value> _apply;

    internal Function(string name, int min, int max, Func<Arguments, Value> apply)
    {
        Name = name;
        MinArguments = min;
        MaxArguments = max;
        _apply = apply;
    }

    internal Function(string name, int arguments, Func<Arguments, Value> apply)
        : this(name, arguments, arguments, apply)
    {
    }

    public string Name { get; }

    /// <summary>How much of its arguments it looks at.</summary>
    internal Reading Reads { get; init; } = Reading.Whole;

    /// <summary>Which of its arguments is a regular expression; null when none is.</summary>
    internal int? Pattern { get; init; }

    public int MinArguments { get; }

    public int MaxArguments { get; }

    /// <summary>For messages: <c>2 arguments</c>, <c>1 to 3 arguments</c>.</summary>
    public string Arity => (MinArguments, MaxArguments) switch
    {
        (1, 1) => "1 argument",
        (var min, Any) => $"{min} arguments or more",
        var (min, max) when min == max => $"{min} arguments",
        var (min, max) => $"{min} to {max} arguments",
    };

    public bool Takes(int arguments) => arguments >= MinArguments && arguments <= MaxArguments;

    internal Value Apply(Arguments arguments) => _apply(arguments);
}
