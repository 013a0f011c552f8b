using System.Collections.Immutable;
using Executor.Core.Values;
using Executor.Core.Workflows.Reading;

namespace Executor.Core.Workflows.Drawing;

/// <summary>What a picture of a workflow shows: its tasks, the engine commands that it uses, and the ways between them.</summary>
/// <param name="Nodes">Tasks in written order, then engine commands in order of their names.</param>
/// <param name="Ways">In written order; one for each target of each transition.</param>
internal sealed record WorkflowDrawing(string Title, ImmutableArray<DrawnNode> Nodes, ImmutableArray<DrawnWay> Ways)
{
    private const int LongestText = 80;

    public static WorkflowDrawing Of(WorkflowSpec spec)
    {
        var ways = spec.Tasks.SelectMany(task => task.Inside
            .Select(inner => new DrawnWay(IdOf(task), IdOf(spec, inner), ["inside"]))
            .Concat(task.Next.SelectMany(next =>
                next.Do.Select(target => new DrawnWay(IdOf(task), IdOf(spec, target), Label(next)))))).ToImmutableArray();
        var commands = spec.Tasks.SelectMany(task => task.Next).SelectMany(next => next.Do)
            .Where(TaskNames.Commands.Contains).Distinct().Order(StringComparer.Ordinal)
            .Select(command => new DrawnNode(IdOf(spec, command), NodeKind.Command, [command]));
        return new WorkflowDrawing(spec.Label ?? spec.Ref, [.. spec.Tasks.Select(Node), .. commands], ways);
    }

    private static DrawnNode Node(TaskSpec task)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        lines.Add(task.Name);
        lines.Add(task.IsParallel ? "side by side" : Short(Written(task.Action)));
        if (task.Join is { } join)
        {
            lines.Add(join.Count is { } count ? $"join: {count}" : "join: all");
        }

        if (task.When is { } when)
        {
            lines.Add(Short($"when: {when.Source.Trim()}"));
        }

        if (task.WithItems is { } with)
        {
            lines.Add(Short($"for each of {Written(with.Items)}"));
            lines.Add(Short($"{Written(with.Concurrency)} at a time"));
        }

        if (task.Retry is { } retry)
        {
            lines.Add(retry.Count == 1 ? "1 retry" : $"{retry.Count} retries");
        }

        var kind = task.Join is not null ? NodeKind.Join : task.WithItems is not null ? NodeKind.Items : NodeKind.Task;
        return new DrawnNode(IdOf(task), kind, lines.ToImmutable());
    }

    private static ImmutableArray<string> Label(TransitionSpec transition)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        if (transition.When is { } when)
        {
            lines.Add(Short($"{(transition.IsElse ? "else " : "")}{when.Source.Trim()}"));
        }
        else if (transition.IsElse)
        {
            lines.Add("else");
        }

        if (!transition.Publish.IsEmpty)
        {
            lines.Add(Short("sets " + string.Join(", ", transition.Publish.Select(one => one.Name))));
        }

        return lines.ToImmutable();
    }

    /// <summary>The name may mean something in the language of the picture, the number never does.</summary>
    private static string IdOf(TaskSpec task) => $"t{task.Order}";

    private static string IdOf(WorkflowSpec spec, string target) =>
        spec.Graph.Find(target) is { } task && !TaskNames.Commands.Contains(target) ? IdOf(task) : $"command_{target}";

    private static string Written(Expressions.Template template) => template.Literal switch
    {
        Value.Text text => text.Content,
        { } literal => literal.ToString(),
        null => string.Join(' ', template.Expressions.Select(expression => $"{{{{ {expression.Source.Trim()} }}}}")),
    };

    private static string Short(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        var end = line.Length > LongestText && char.IsHighSurrogate(line[LongestText - 1]) ? LongestText - 1 : LongestText;
        return line.Length > LongestText ? line[..end] + "…" : line;
    }
}

/// <param name="Id">Letters, digits and '_'.</param>
/// <param name="Lines">The name, then what is said of it.</param>
internal sealed record DrawnNode(string Id, NodeKind Kind, ImmutableArray<string> Lines);

/// <param name="Lines">The condition, and what is published; empty when there is neither.</param>
internal sealed record DrawnWay(string From, string To, ImmutableArray<string> Lines);

internal enum NodeKind
{
    Task,
    Items,
    Join,
    Command,
}
