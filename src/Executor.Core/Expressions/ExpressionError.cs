namespace Executor.Core.Expressions;

/// <summary>Why an expression could not be read or evaluated.</summary>
/// <param name="Code">Stable, for example <c>expr.unknown-name</c>.</param>
/// <param name="At">Where in the file; line and column of the failing part.</param>
/// <param name="Hint">What to do about it; null when the message says all.</param>
public sealed record ExpressionError(string Code, string Message, Position At, string? Hint = null);

/// <summary>Carries an error out of the reader or the evaluator; caught where a template or a condition is used.</summary>
public sealed class ExpressionException(ExpressionError error) : Exception(error.Message)
{
    public ExpressionError Error { get; } = error;
}
