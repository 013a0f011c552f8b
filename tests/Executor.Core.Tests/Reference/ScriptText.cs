using System.Text;
using Executor.Core.Rehearsing;

namespace Executor.Core.Tests.Reference;

/// <summary>A script as the command <c>rehearse</c> reads it.</summary>
internal static class ScriptText
{
    public static string Of(RehearsalScript script)
    {
        var text = new StringBuilder();
        text.Append("inputs: ").Append(script.Inputs).Append('\n');
        text.Append("order: ").Append(Order(script.Order)).Append('\n');
        text.Append("controls: [")
            .AppendJoin(", ", script.Controls.Select(control => $"{{after: {control.After}, op: cancel}}")).Append("]\n");
        text.Append("script:\n  default: {").Append(Of(script.Default)).Append("}\n  tasks:\n");
        foreach (var (task, visits) in script.Tasks.OrderBy(task => task.Key, StringComparer.Ordinal))
        {
            text.Append("    ").Append(task).Append(":\n");
            foreach (var visit in visits)
            {
                text.Append("      - ").Append(Of(visit)).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Of(ScriptedVisit visit) =>
        visit.Items.IsDefault ? Of(visit.Attempts) : $"{{items: [{string.Join(", ", visit.Items.Select(Of))}]}}";

    private static string Of(ScriptedAttempts attempts)
    {
        var listed = $"attempts: [{string.Join(", ", attempts.Listed.Select(outcome => $"{{{Of(outcome)}}}"))}]";
        return attempts.Otherwise is { } otherwise ? $"{{{Of(otherwise)}, {listed}}}" : $"{{{listed}}}";
    }

    private static string Of(ScriptedOutcome outcome) =>
        $"status: {outcome.Status.ToString().ToLowerInvariant()}, {(outcome.IsAnswer ? "answer" : "result")}: {outcome.Result}"
        + (outcome.Error is null ? "" : $", error: {outcome.Error}");

    private static string Order(DeliveryOrder order) => order switch
    {
        DeliveryOrder.Fifo => "fifo",
        DeliveryOrder.Lifo => "lifo",
        DeliveryOrder.Shuffle shuffle => $"shuffle:{shuffle.Seed}",
        _ => throw new NotSupportedException($"The order {order} is not written."),
    };
}
