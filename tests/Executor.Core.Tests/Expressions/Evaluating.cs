using Executor.Core.Expressions;
using Executor.Core.Values;

namespace Executor.Core.Tests.Expressions;

/// <summary>Short forms for tests: values are compared as JSON, so that 3 and 3.0 are told apart.</summary>
internal static class Evaluating
{
    public static Value Evaluate(string source, Scope? scope = null) =>
        Expression.Parse(source, Position.Start).Evaluate(scope ?? TestScope.Basic);

    public static void Gives(string json, string source, Scope? scope = null) =>
        Assert.Equal(json, Evaluate(source, scope).ToString());

    public static ExpressionError Fails(string code, string source, Scope? scope = null)
    {
        var error = Assert.Throws<ExpressionException>(() => Evaluate(source, scope)).Error;
        Assert.Equal(code, error.Code);
        Assert.NotEmpty(error.Message);
        return error;
    }

    /// <returns>Null when it has a value.</returns>
    public static string? CodeOf(string source)
    {
        try
        {
            Evaluate(source);
            return null;
        }
        catch (ExpressionException failed)
        {
            return failed.Error.Code;
        }
    }
}
