using System.Collections.Immutable;
using Executor.Core.Runs;

namespace Executor.Core.Tests.Simulation.Engine;

/// <summary>Commands and events in a few words, for traces.</summary>
internal static class Wording
{
    public static string Of(Envelope envelope) => envelope.Command is { } command ? Of(command) : "wake";

    public static string Of(RunCommand command) => command switch
    {
        RunCommand.FinishItem finish => $"{finish.Slot} {finish.Outcome.Status}",
        _ => command.GetType().Name,
    };

    public static string Of(ImmutableArray<RunEvent> events) => string.Join("; ", events.Select(Of));

    private static string Of(RunEvent happened)
    {
        var text = happened.GetType().Name;
        foreach (var property in happened.GetType().GetProperties())
        {
            if (property.GetValue(happened) is var value && value is Slot or Enum or int or RunId)
            {
                text += $" {value}";
            }
        }

        return text.Length > 70 ? text[..70] : text;
    }
}
