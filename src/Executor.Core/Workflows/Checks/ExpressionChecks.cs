using System.Collections.Frozen;
using System.Collections.Immutable;
using Executor.Core.Expressions;

namespace Executor.Core.Workflows.Checks;

/// <summary>What expressions name and call, place by place.</summary>
internal sealed class ExpressionChecks
{
    private static readonly string[] RunFacts = ["run_id", "workflow", "started_at"];
    private static readonly string[] VisitFacts = [.. RunFacts, "task", "visit"];
    private static readonly FrozenSet<string> OutcomeFunctions = new[]
    {
        "succeeded", "failed", "timed_out", "skipped", "completed", "result", "error", "status", "item_states",
    }.ToFrozenSet();

    private readonly WorkflowSpec _spec;
    private readonly ProblemList _problems;
    private readonly HashSet<string> _variables;
    private readonly HashSet<string>? _parameters;
    private readonly HyphenNames _hyphens;

    private ExpressionChecks(WorkflowSpec spec, ProblemList problems)
    {
        _spec = spec;
        _problems = problems;
        _variables = spec.Vars.Select(variable => variable.Name)
            .Concat(spec.Tasks.SelectMany(task => task.Next).SelectMany(next => next.Publish).Select(one => one.Name))
            .ToHashSet(StringComparer.Ordinal);
        _parameters = spec.Parameters is { Open: false } schema
            ? schema.Parameters.Select(parameter => parameter.Name).ToHashSet(StringComparer.Ordinal)
            : null;
        _hyphens = new HyphenNames(spec.Tasks.Select(task => task.Name), _variables, _parameters ?? []);
    }

    public static void Run(WorkflowSpec spec, ProblemList problems) => new ExpressionChecks(spec, problems).Run();

    private void Run()
    {
        var earlier = new HashSet<string>(StringComparer.Ordinal);
        foreach (var variable in _spec.Vars)
        {
            Check(variable.Template, new Sight("in 'vars'", RunFacts) { Variables = earlier });
            earlier.Add(variable.Name);
        }

        foreach (var task in _spec.Tasks)
        {
            Check(task);
        }

        foreach (var entry in _spec.Output ?? [])
        {
            Check(entry.Template, new Sight("in the output", RunFacts) { Variables = _variables, SeesTasks = true });
        }
    }

    private void Check(TaskSpec task)
    {
        var ended = new Sight("here", VisitFacts) { Variables = _variables, SeesTasks = true, SeesOutcome = true };
        var outermost = Outermost(task);
        var entry = _spec.Graph.Inbound(outermost).IsEmpty;
        var opening = ended with
        {
            Place = entry ? "in an entry task" : "in a join",
            SeesOutcome = !entry && outermost.Join is null,
        };
        Template?[] openings =
            [task.Action, task.WithItems?.Items, task.WithItems?.Concurrency, task.Delay, task.Timeout, task.Pool];
        foreach (var template in openings)
        {
            Check(template, opening);
        }

        Check(task.Input, opening with { SeesItem = task.WithItems is not null, Alias = task.WithItems?.Alias });
        Check(task.When, opening);
        Check(task.Retry?.When, ended);
        foreach (var transition in task.Next)
        {
            Check(transition.When, ended);
            foreach (var publication in transition.Publish)
            {
                Check(publication.Template, ended);
            }
        }
    }

    /// <summary>What stands inside a parallel task sees what that has seen.</summary>
    private TaskSpec Outermost(TaskSpec task)
    {
        while (task.Parent is { } name && _spec.Graph.Find(name) is { } parent && parent.Order < task.Order)
        {
            task = parent;
        }

        return task;
    }

    private void Check(Template? template, Sight sight)
    {
        foreach (var expression in template?.Expressions ?? [])
        {
            Check(expression, sight);
        }
    }

    private void Check(Expression? expression, Sight sight)
    {
        if (expression is null)
        {
            return;
        }

        foreach (var call in expression.References.Calls)
        {
            Check(call, sight);
        }

        foreach (var name in expression.References.Names)
        {
            if (!IsDefined(name, sight) && _hyphens.Find(expression.Source, name.Member ?? name.Root) is { } meant)
            {
                _problems.Error(
                    ProblemCode.UnknownName,
                    $"In an expression the hyphen of '{meant.Written}' is a minus.",
                    expression.PlaceOf(meant.Index),
                    $"Write {meant.Root}['{meant.Name}'].");
            }
            else
            {
                Check(name, sight);
            }
        }
    }

    private bool IsDefined(NameReference name, Sight sight) => name switch
    {
        { MayBeMissing: true } => true,
        { Root: "task", Member: { } task } => _spec.Graph.Find(task) is not null,
        { Root: "workflow", Member: { } variable } => sight.Variables.Contains(variable),
        { Root: "parameters", Member: { } parameter } => _parameters?.Contains(parameter) ?? true,
        { Root: var root } => Names.Reserved.Contains(root) || sight.Variables.Contains(root) || root == sight.Alias,
    };

    private void Check(CallReference call, Sight sight)
    {
        if (Functions.Find(call.Function) is not { } function)
        {
            var hint = _problems.DidYouMean(call.Function, Functions.Names.Order(StringComparer.Ordinal));
            _problems.Error(ProblemCode.UnknownFunction, $"There is no function '{call.Function}'.{hint}", call.At);
        }
        else if (!function.Takes(call.Arguments))
        {
            _problems.Error(
                ProblemCode.WrongArguments,
                $"{call.Function} takes {function.Arity}, not {call.Arguments}.",
                call.At);
        }
        else if (OutcomeFunctions.Contains(call.Function) && !sight.SeesOutcome)
        {
            _problems.Error(
                ProblemCode.NoOutcome, $"{call.Function}() speaks of no one visit {sight.Place}.", call.At);
        }
        else if (call.Pattern is { } pattern && Patterns.Check(pattern) is { } broken)
        {
            _problems.Error(broken);
        }
    }

    private void Check(NameReference name, Sight sight)
    {
        switch (name.Root)
        {
            case "config" or "keystore":
                _problems.Error(
                    ProblemCode.Unsupported,
                    $"'{name.Root}' is not available in this version.",
                    name.At,
                    "Pass the value as a parameter.");
                break;
            case "parameters":
                Member(name, _parameters, "parameter");
                break;
            case "system":
                Member(name, sight.Facts, "fact");
                break;
            case "task":
                Task(name, sight);
                break;
            case "workflow":
                Variable(name, sight);
                break;
            case "item" or "index" when sight.SeesItem:
                break;
            case "item" or "index":
                Unknown(name, $"'{name.Root}' exists only in the input of a task with 'with_items'.");
                break;
            default:
                Bare(name, sight);
                break;
        }
    }

    private void Task(NameReference name, Sight sight)
    {
        if (!sight.SeesTasks)
        {
            Unknown(name, $"No task has run {sight.Place}.");
        }
        else if (name.Member is { } task && _spec.Graph.Find(task) is null)
        {
            Unknown(name, $"There is no task '{task}'.", _problems.DidYouMean(task, _spec.Tasks.Select(one => one.Name)));
        }
    }

    /// <summary>Only a warning once tasks run: a variable may come from another reading of the same state.</summary>
    private void Variable(NameReference name, Sight sight)
    {
        if (name.Member is not { } member || name.MayBeMissing || sight.Variables.Contains(member))
        {
            return;
        }

        var hint = _problems.DidYouMean(member, sight.Variables);
        if (sight.SeesTasks)
        {
            _problems.Warn(ProblemCode.UnknownName, $"Nothing defines the variable '{member}'.{hint}", name.At);
        }
        else
        {
            Unknown(name, $"No variable before this one is called '{member}'.", hint);
        }
    }

    private void Bare(NameReference name, Sight sight)
    {
        if (!sight.Variables.Contains(name.Root) && name.Root != sight.Alias)
        {
            var function = Functions.Find(name.Root) is null ? "" : $" {name.Root} is a function: write {name.Root}(...).";
            var hint = function.Length > 0 ? function : _problems.DidYouMean(
                name.Root, Heads.At(sight, _parameters ?? [], _spec.Tasks.Select(task => task.Name)));
            Unknown(name, $"Nothing is called '{name.Root}'.", hint);
        }
    }

    private void Member(NameReference name, IEnumerable<string>? known, string kind)
    {
        if (name.Member is { } member && known is not null && !known.Contains(member))
        {
            Unknown(name, $"There is no {kind} '{member}'.", _problems.DidYouMean(member, known));
        }
    }

    private void Unknown(NameReference name, string message, string hint = "")
    {
        if (!name.MayBeMissing)
        {
            _problems.Error(ProblemCode.UnknownName, message + hint, name.At);
        }
    }
}
