using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Executor.Core.Workflows;

/// <summary>The <c>pattern</c> of a schema: a search in linear time.</summary>
internal static class InputPattern
{
    public static bool TryParse(string pattern, [NotNullWhen(true)] out Regex? regex)
    {
        try
        {
            regex = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception broken) when (broken is ArgumentException or NotSupportedException)
        {
            regex = null;
        }

        return regex is not null;
    }
}
