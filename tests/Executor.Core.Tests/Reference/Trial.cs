using System.Collections.Immutable;
using Executor.Core.Rehearsing;
using Executor.Core.Runs;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.Reference;

/// <summary>One workflow under one script, for both interpreters.</summary>
internal sealed record Trial(string Yaml, RehearsalScript Script)
{
    private static readonly RunLimits Alone = new() { MaxVisits = 80 };

    /// <summary>Runs that call runs in loops are as many as the visits of one to the power of the depth.</summary>
    private static readonly RunLimits Calling = new() { MaxVisits = 12, MaxDepth = Course.MaxDepth };

    /// <summary>By name: the workflows that it may call.</summary>
    public ImmutableSortedDictionary<string, string> Library { get; init; } =
        ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The production only refers to results and gets their contents when it reads them; the reference has them all.</summary>
    public bool Refers { get; init; }

    private RunLimits Limits => Library.IsEmpty ? Alone : Calling;

    /// <returns>Null when the checks refuse the text: then nothing runs.</returns>
    public static WorkflowSpec? Read(string yaml) => WorkflowCheck.Run(yaml, "simulated.flow").Spec;

    /// <param name="seen">Counts the lines of the production's account by their first words.</param>
    /// <returns>The first difference; null when there is none.</returns>
    public Difference? Compare(SortedDictionary<string, long>? seen = null)
    {
        if (Read(Yaml) is not { } workflow)
        {
            return null;
        }

        var production = Production(workflow);
        var reference = Reference(workflow);
        if (seen is not null)
        {
            Count(production, seen);
        }

        for (var line = 0; line < Math.Max(production.Count, reference.Count); line++)
        {
            var there = production.ElementAtOrDefault(line) ?? "nothing";
            var here = reference.ElementAtOrDefault(line) ?? "nothing";
            if (there != here)
            {
                return new Difference(there, here);
            }
        }

        return null;
    }

    private static void Count(List<string> account, SortedDictionary<string, long> seen)
    {
        foreach (var words in account.Select(line => line.Split(' ')))
        {
            var key = words[0] switch
            {
                "visit" => $"visit {words[2]}",
                "run" or "problem" or "refused" => $"{words[0]} {words[1]}",
                _ => words[0],
            };
            seen[key] = seen.GetValueOrDefault(key) + 1;
        }
    }

    private List<string> Production(WorkflowSpec workflow)
    {
        try
        {
            var (report, refusal) = Rehearsal.Of(workflow, Script, Limits, Find, Refers ? 1 : null);
            return report is null ? [$"refused {refusal!.Code}"] : Account.Of(report);
        }
        catch (InvalidOperationException broken)
        {
            return [$"threw {broken.Message}"];
        }
    }

    private List<string> Reference(WorkflowSpec workflow)
    {
        var (refused, course) = Player.Play(workflow, Script, Limits, Find);
        return refused.IsEmpty ? Account.Of(course) : [$"refused {refused[0]}"];
    }

    private WorkflowSpec? Find(string name) => Library.TryGetValue(name, out var text) ? Read(text) : null;

    public override string ToString() =>
        $"{(Refers ? "# refers to results\n" : "")}{Yaml}\n{string.Concat(Library.Select(one => $"--- {one.Key}\n{one.Value}\n"))}{ScriptText.Of(Script)}";
}

/// <param name="Production">The first line that differs, or what stands in its place.</param>
internal sealed record Difference(string Production, string Reference)
{
    /// <summary>Differences of one kind are alike in the first word of their lines.</summary>
    public string Kind => $"{Production.Split(' ')[0]}-{Reference.Split(' ')[0]}";

    public override string ToString() => $"production: {Production}\nreference:  {Reference}";
}
