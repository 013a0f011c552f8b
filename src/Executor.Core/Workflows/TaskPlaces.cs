using System.Collections.Immutable;
using Executor.Core.Expressions;

namespace Executor.Core.Workflows;

/// <summary>Where the parts of a task stand in its file.</summary>
/// <param name="Action">The name of the action itself.</param>
/// <param name="Keys">The task's own keys.</param>
/// <param name="Inputs">The names of the inputs, behind the action and under <c>input</c>.</param>
public sealed record TaskPlaces(
    Position Action,
    ImmutableArray<KeyValuePair<string, Position>> Keys,
    ImmutableArray<KeyValuePair<string, Position>> Inputs)
{
    /// <returns>Null when the task does not have the key.</returns>
    public Position? OfKey(string key) => Find(Keys, key);

    /// <returns>Null when the input is not written out under this name.</returns>
    public Position? OfInput(string name) => Find(Inputs, name);

    private static Position? Find(ImmutableArray<KeyValuePair<string, Position>> places, string name)
    {
        foreach (var (key, at) in places)
        {
            if (key == name)
            {
                return at;
            }
        }

        return null;
    }
}
