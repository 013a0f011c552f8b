using System.Globalization;
using Executor.Chaos.Faults;

namespace Executor.Chaos;

/// <summary>What was asked for beside the profile.</summary>
/// <param name="Kept">The folder that keeps everything; null: a temporary one.</param>
/// <param name="Only">Kinds of faults; empty: all of the profile.</param>
internal sealed record ChaosOptions(int Seed, string? Kept, IReadOnlyList<FaultKind> Only, bool OnLoopback)
{
    /// <returns>Null when it cannot be read.</returns>
    public static ChaosOptions? Parse(IReadOnlyList<string> words)
    {
        var options = new ChaosOptions(Random.Shared.Next(1, int.MaxValue), null, [], OnLoopback: false);
        for (var place = 0; place < words.Count; place++)
        {
            var value = place + 1 < words.Count ? words[place + 1] : "";
            switch (words[place])
            {
                case "--no-netns":
                    options = options with { OnLoopback = true };
                    continue;
                case "--seed" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seed):
                    options = options with { Seed = seed };
                    break;
                case "--dir" when value.Length > 0:
                    options = options with { Kept = value };
                    break;
                case "--only" when KindsOf(value) is { } kinds:
                    options = options with { Only = kinds };
                    break;
                default:
                    return null;
            }

            place++;
        }

        return options;
    }

    /// <param name="isRoot">Only root can make network namespaces.</param>
    public Profile Of(Profile profile, bool isRoot)
    {
        var allowed = profile.HasNetwork && (OnLoopback || !isRoot) ? profile.OnLoopback() : profile;
        return Only.Count == 0 ? allowed : allowed with { Kinds = [.. allowed.Kinds.Intersect(Only)] };
    }

    private static List<FaultKind>? KindsOf(string value)
    {
        var kinds = value.Split(',').Select(word => Enum.TryParse<FaultKind>(word, out var kind) ? kind : (FaultKind?)null).ToList();
        return kinds.Contains(null) ? null : [.. kinds.OfType<FaultKind>()];
    }
}
