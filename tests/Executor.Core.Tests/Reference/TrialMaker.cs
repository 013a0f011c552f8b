using System.Collections.Immutable;
using Executor.Core.Rehearsing;
using Executor.Core.Runs;
using Executor.Core.Tests.House;
using Executor.Core.Tests.Simulation.Engine;
using Executor.Core.Tests.Simulation.Programs;
using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.Reference;

/// <summary>Makes up trials: a generated workflow, often seasoned or broken, under a random script and order.</summary>
internal sealed class TrialMaker
{
    private static readonly SlotStatus[] Bad =
        [SlotStatus.Failed, SlotStatus.Failed, SlotStatus.Timeout, SlotStatus.Abandoned, SlotStatus.Cancelled];

    /// <summary>
    /// What <c>error()</c> says of a visit that could not be opened, and of a called run, is for people, and worded by each.
    /// </summary>
    private static readonly string[] Samples =
    [
        .. Directory.GetFiles(Path.Combine(Repository.Root, "src", "Executor.Host", "samples"), "*.yaml")
            .Order(StringComparer.Ordinal)
            .Select(path => File.ReadAllText(path)
                .Replace("error()", "status()", StringComparison.Ordinal)
                .Replace("map('error')", "map('status')", StringComparison.Ordinal)),
    ];

    private static readonly string[] Asked =
    [
        "{prompt: Well?}", "{prompt: Well?, default_response: {v: 1}}", "{prompt: \"{{ system.visit }}\"}",
        "{prompt: \"Visit {{ system.visit }}?\", options: [{v: 0}, {v: 1}, {v: 2}], default_response: {v: 2}}",
        "{prompt: Well?, response_schema: {v: {type: integer, default: 1}}, default_response: {}}",
    ];

    private readonly Dice _dice;
    private readonly int _badInHundred;
    private bool _isQuestion;

    private TrialMaker(Dice dice)
    {
        _dice = dice;
        _badInHundred = dice.Of([0, 3, 10, 25, 60]);
    }

    public static Trial Make(ulong seed) => Draw(seed) with { Refers = seed % 3 == 0 };

    private static Trial Draw(ulong seed)
    {
        var dice = new Dice(seed);
        var (yaml, tasks) = Program(dice);
        if (!dice.OneIn(3))
        {
            var asking = Asking(yaml, dice);
            return new Trial(asking, new TrialMaker(dice).Script(asking, tasks, Questions(asking)));
        }

        var (first, second) = (Program(dice), Program(dice));
        var calling = Calling(yaml, dice);
        var library = ImmutableSortedDictionary<string, string>.Empty
            .Add("lib.one", dice.OneIn(3) ? Calling(first.Yaml, dice) : first.Yaml)
            .Add("lib.two", dice.OneIn(6) ? Calling(second.Yaml, dice) : second.Yaml);
        List<string> inner = [.. first.Tasks.Concat(second.Tasks).Distinct()];
        var deep = tasks.SelectMany(call => inner.Select(task => $"{call}/{task}")).Where(_ => dice.OneIn(3));
        IEnumerable<string> own = dice.OneIn(3) ? tasks : [];
        return new Trial(calling, new TrialMaker(dice).Script(calling, [.. own, .. deep])) { Library = library };
    }

    /// <summary>Some of its tasks call workflows.</summary>
    private static string Calling(string yaml, Dice dice)
    {
        const string action = "    action: ";
        return string.Join('\n', yaml.Split('\n').Select(line =>
            line.StartsWith(action, StringComparison.Ordinal) && !line.Contains("{{", StringComparison.Ordinal) && dice.OneIn(4)
                ? $"{action}lib.{dice.Of(["one", "one", "two"])}"
                : line));
    }

    /// <summary>Some of its tasks ask a person, as well as they can.</summary>
    private static string Asking(string yaml, Dice dice)
    {
        if (!dice.OneIn(3))
        {
            return yaml;
        }

        const string Begin = "  - name: ";
        const string Action = "    action: ";
        var blocks = yaml.Split(Begin).Select(block => block.Split('\n')).Select(lines =>
            lines.Any(line => line.StartsWith("    input:", StringComparison.Ordinal)) || !dice.OneIn(3)
                ? lines
                : [.. lines.Select(line => line.StartsWith(Action, StringComparison.Ordinal) && !line[Action.Length..].Contains(' ')
                    ? $"{Action}core.ask\n    input: {dice.Of(Asked)}"
                    : line)]);
        var asking = string.Join(Begin, blocks.Select(lines => string.Join('\n', lines)));
        return Trial.Read(asking) is null ? yaml : asking;
    }

    private static HashSet<string> Questions(string yaml) =>
    [
        .. Trial.Read(yaml)!.Tasks.Where(task => task.Action.Literal is Value.Text action && QuestionAction.Is(action.Content))
            .Select(task => task.Name),
    ];

    private static (string Yaml, IReadOnlyList<string> Tasks) Program(Dice dice)
    {
        while (true)
        {
            var seed = dice.Next();
            if (dice.OneIn(10))
            {
                var sample = Seasoning.Add(dice.Of(Samples), dice);
                if (Trial.Read(sample) is { } known)
                {
                    return (sample, [.. known.Tasks.Select(task => task.Name)]);
                }

                continue;
            }

            if (dice.OneIn(4))
            {
                if (Mutilator.Make(seed) is { } broken && Trial.Read(broken.Yaml) is { } mutilated)
                {
                    return (broken.Yaml, [.. mutilated.Tasks.Select(task => task.Name)]);
                }

                continue;
            }

            var yaml = Generator.Text(seed).Yaml;
            var seasoned = dice.OneIn(3) ? yaml : Seasoning.Add(yaml, dice);
            if (Trial.Read(seasoned) is { } workflow)
            {
                return (seasoned, [.. workflow.Tasks.Select(task => task.Name)]);
            }
        }
    }

    private RehearsalScript Script(string yaml, IEnumerable<string> tasks, HashSet<string>? questions = null)
    {
        var visits = ImmutableDictionary.CreateBuilder<string, ImmutableArray<ScriptedVisit>>();
        foreach (var task in tasks.Where(_ => !_dice.OneIn(8)))
        {
            _isQuestion = questions?.Contains(task) is true;
            visits.Add(task, Several(_dice.Between(1, 3), Visit));
        }

        _isQuestion = false;
        return new RehearsalScript(Inputs(yaml), Outcome(), visits.ToImmutable(), Order(), Controls());
    }

    private Value.Map Inputs(string yaml) => _dice.OneIn(4)
        ? Of(_dice.Of(["p", "q", "version"]), _dice.Of([Value.Of(1), Value.Of(3), Value.Of("x")]))
        : _dice.OneIn(8) ? Value.Map.Empty : FittingInputs.Of(Trial.Read(yaml)?.Parameters);

    private DeliveryOrder Order() => _dice.Below(4) switch
    {
        0 => new DeliveryOrder.Fifo(),
        1 => new DeliveryOrder.Lifo(),
        _ => new DeliveryOrder.Shuffle(_dice.Below(1_000_000)),
    };

    private ImmutableArray<ScriptedControl> Controls()
    {
        var count = _dice.OneIn(5) ? _dice.Between(1, 2) : 0;
        return [.. Several(count, () => new ScriptedControl(_dice.Below(20), ControlOperation.Cancel)).OrderBy(control => control.After)];
    }

    private ScriptedVisit Visit() => _dice.OneIn(2)
        ? new ScriptedVisit(Attempts(), default)
        : new ScriptedVisit(ScriptedAttempts.None, Several(_dice.Below(8), Attempts));

    private ScriptedAttempts Attempts() =>
        new(Several(_dice.Below(3), Outcome), _dice.OneIn(2) ? Outcome() : null);

    private ScriptedOutcome Outcome()
    {
        var isBad = _dice.Below(100) < _badInHundred;
        return new ScriptedOutcome(
            isBad ? _dice.Of(Bad) : SlotStatus.Completed, Result(), isBad && _dice.OneIn(2) ? "it went wrong" : null)
        {
            IsAnswer = _isQuestion && !isBad && _dice.OneIn(2),
        };
    }

    private Value Result() => _dice.Below(12) switch
    {
        0 => Value.Null,
        1 => Value.Of("{{ text }}"),
        2 => Of("data", Of("v", Value.Of((long)_dice.Below(3)))),
        3 => Value.Of([Value.Of(1), Value.Of(2)]),
        _ => Of("v", Value.Of((long)_dice.Below(3))),
    };

    private static Value.Map Of(string key, Value value) => new([KeyValuePair.Create(key, value)]);

    private static ImmutableArray<T> Several<T>(int count, Func<T> make)
    {
        var made = ImmutableArray.CreateBuilder<T>(count);
        for (; count > 0; count--)
        {
            made.Add(make());
        }

        return made.MoveToImmutable();
    }
}
