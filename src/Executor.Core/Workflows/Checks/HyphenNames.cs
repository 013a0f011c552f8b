using System.Collections.Immutable;

namespace Executor.Core.Workflows.Checks;

/// <summary>Names with a hyphen that an expression writes behind a point, or bare, where it reads a minus.</summary>
internal sealed class HyphenNames
{
    /// <summary>A file of thousands of mistakes must not cost millions of comparisons.</summary>
    private const int Questions = 100;

    private static readonly string[] OfTasks = ["task", "tasks"];
    private static readonly string[] OfVariables = ["workflow", "vars", "variables"];
    private static readonly string[] OfParameters = ["parameters"];

    /// <summary>As it may be written, with the root and the name that are meant.</summary>
    private readonly ImmutableArray<(string Written, string Root, string Name)> _spellings;
    private int _asked;

    public HyphenNames(IEnumerable<string> tasks, IEnumerable<string> variables, IEnumerable<string> parameters)
    {
        var ofVariables = variables.Where(HasHyphen).ToList();
        _spellings =
        [
            .. Spellings(tasks.Where(HasHyphen), OfTasks),
            .. Spellings(ofVariables, OfVariables),
            .. ofVariables.Select(name => (name, "workflow", name)),
            .. Spellings(parameters.Where(HasHyphen), OfParameters),
        ];
    }

    /// <param name="part">What the expression takes for a name.</param>
    /// <returns>Null when no such name is written there.</returns>
    public Hyphened? Find(string source, string part) =>
        _spellings.IsEmpty || !HasHyphen(source) || ++_asked > Questions
            ? null
            : _spellings.Where(spelling => spelling.Name.Split('-').Contains(part))
                .SelectMany(spelling => In(source, spelling.Written, spelling.Root, spelling.Name))
                .FirstOrDefault();

    private static IEnumerable<Hyphened> In(string source, string written, string root, string name)
    {
        for (var at = source.IndexOf(written, StringComparison.Ordinal); at >= 0;
            at = source.IndexOf(written, at + 1, StringComparison.Ordinal))
        {
            var end = at + written.Length;
            if ((at == 0 || !(Continues(source[at - 1]) || source[at - 1] == '.'))
                && (end == source.Length || !Continues(source[end])))
            {
                yield return new Hyphened(written, root, name, at);
            }
        }
    }

    private static bool HasHyphen(string text) => text.Contains('-', StringComparison.Ordinal);

    private static bool Continues(char character) =>
        char.IsLetterOrDigit(character) || character is '_' or '-' or '\'' or '"';

    private static IEnumerable<(string Written, string Root, string Name)> Spellings(
        IEnumerable<string> names, string[] roots) =>
        names.SelectMany(name => roots.Select(root => ($"{root}.{name}", root, name)));
}

/// <param name="Written">As it stands in the expression.</param>
/// <param name="Root">By which it can be read.</param>
/// <param name="Index">In the expression's source.</param>
internal sealed record Hyphened(string Written, string Root, string Name, int Index);
