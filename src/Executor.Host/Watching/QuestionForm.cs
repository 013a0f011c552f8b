using Executor.Core.Values;
using Executor.Core.Workflows;
using Executor.Host.Output;
using Executor.Host.Verbs;
using Spectre.Console;

namespace Executor.Host.Watching;

/// <summary>A question on a terminal: a prompt for each part of the answer that its schema names.</summary>
internal sealed class QuestionForm
{
    private static readonly Choice None = new("(none)", null);

    private readonly IAnsiConsole _console = AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(SafeWriter.Terminal),
        Interactive = InteractionSupport.Yes,
    });

    /// <returns>An answer that fits the question.</returns>
    public async Task<Value> FillAsync(Question question, CancellationToken stop)
    {
        _console.WriteLine(SafeText.Lines(question.Prompt));
        while (true)
        {
            var response = question switch
            {
                { Schema: { } schema } => await MembersAsync(schema, stop),
                { Options: [] } => Inputs.FromText(null, "", await TextAsync("answer", null, stop)),
                _ => (await ChoiceAsync("answer", [.. question.Options.Select(Choice.Of)], stop)).Value!,
            };
            var problems = question.Read(response).Problems;
            if (problems.IsEmpty)
            {
                return response;
            }

            foreach (var problem in problems)
            {
                _console.WriteLine(SafeText.OneLine(problem.Text));
            }
        }
    }

    private async Task<Value.Map> MembersAsync(ParameterSchema schema, CancellationToken stop)
    {
        var answer = Value.Map.Empty;
        foreach (var parameter in schema.Parameters)
        {
            if (await PartAsync(schema, parameter, stop) is { } value)
            {
                answer = answer.With(parameter.Name, value);
            }
        }

        return answer;
    }

    /// <returns>Null when it is left out.</returns>
    private async Task<Value?> PartAsync(ParameterSchema schema, ParameterSpec parameter, CancellationToken stop)
    {
        var label = parameter.Description is { } text ? $"{parameter.Name} ({text})" : parameter.Name;
        var mayBeLeftOut = !parameter.Required || parameter.Default is { IsNull: false };
        if (!parameter.Enum.IsEmpty || parameter.Types is ["boolean"])
        {
            Choice[] choices = parameter.Enum.IsEmpty
                ? [new Choice("yes", Value.True), new Choice("no", Value.False)]
                : [.. parameter.Enum.Select(Choice.Of)];
            return (await ChoiceAsync(label, mayBeLeftOut ? [.. choices, None] : choices, stop)).Value;
        }

        var typed = await TextAsync(label, written => Wrong(schema, parameter, written, mayBeLeftOut), stop, mayBeLeftOut);
        return typed.Length == 0 && mayBeLeftOut ? null : Inputs.FromText(schema, parameter.Name, typed);
    }

    /// <returns>Null when it fits.</returns>
    private static string? Wrong(ParameterSchema schema, ParameterSpec parameter, string written, bool mayBeLeftOut)
    {
        if (written.Length == 0 && mayBeLeftOut)
        {
            return null;
        }

        var given = Value.Map.Empty.With(parameter.Name, Inputs.FromText(schema, parameter.Name, written));
        return Inputs.Check(new ParameterSchema([parameter]), given).Problems is [var problem, ..] ? problem.Message : null;
    }

    private Task<string> TextAsync(
        string label, Func<string, string?>? wrong, CancellationToken stop, bool mayBeEmpty = false)
    {
        var prompt = new TextPrompt<string>($"{Markup.Escape(SafeText.OneLine(label))}:") { AllowEmpty = mayBeEmpty };
        return prompt
            .Validate(text => wrong?.Invoke(text) is { } problem
                ? ValidationResult.Error(Markup.Escape(SafeText.OneLine(problem)))
                : ValidationResult.Success())
            .ShowAsync(_console, stop);
    }

    private Task<Choice> ChoiceAsync(string label, IReadOnlyList<Choice> choices, CancellationToken stop) =>
        new SelectionPrompt<Choice>()
            .Title($"{Markup.Escape(SafeText.OneLine(label))}:")
            .UseConverter(choice => Markup.Escape(SafeText.Short(choice.Text, 60)))
            .AddChoices(choices)
            .ShowAsync(_console, stop);

    /// <param name="Value">Null: none of them.</param>
    private sealed record Choice(string Text, Value? Value)
    {
        public static Choice Of(Value value) => new(AnswerReading.Text(value), value);
    }
}
