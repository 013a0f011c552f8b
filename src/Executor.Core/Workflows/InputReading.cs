using System.Collections.Immutable;
using Executor.Core.Values;

namespace Executor.Core.Workflows;

/// <summary>Inputs against a schema.</summary>
/// <param name="Values">With defaults; every parameter of the schema has a value. Only for use without problems.</param>
public sealed record InputReading(Value.Map Values, ImmutableArray<InputProblem> Problems);

/// <summary>Something wrong with one input.</summary>
/// <param name="Path">From the inputs down: <c>/hosts/1</c>; empty for the inputs as a whole.</param>
public sealed record InputProblem(string Code, string Message, string Path)
{
    /// <summary>Path and message as one text.</summary>
    public string Text => Path.Length == 0 ? Message : $"{Path} {Message}";
}
