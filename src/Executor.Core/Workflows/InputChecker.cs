using System.Collections.Immutable;
using System.Globalization;
using Executor.Core.Values;

namespace Executor.Core.Workflows;

/// <summary>Walks a value along its schema and collects what does not fit.</summary>
internal sealed class InputChecker
{
    private readonly ImmutableArray<InputProblem>.Builder _problems = ImmutableArray.CreateBuilder<InputProblem>();
    private readonly NearestName _nearest = new();

    public ImmutableArray<InputProblem> Problems => _problems.ToImmutable();

    public static bool HasType(Value value, string type) => type switch
    {
        "string" => value is Value.Text,
        "integer" => AsInteger(value) is not null,
        "number" => value is Value.Int or Value.Float,
        "boolean" => value is Value.Bool,
        "array" => value is Value.List,
        "object" => value is Value.Map,
        _ => value.IsNull,
    };

    public static string Kind(Value value) => value switch
    {
        Value.Int => "an integer",
        Value.Float => "a number",
        Value.Bool => "a boolean",
        Value.Text => "a string",
        Value.List => "an array",
        Value.Map => "an object",
        _ => "null",
    };

    /// <remarks>Null counts as absent, unless the schema names the type null.</remarks>
    /// <param name="fill">Parameters without a value or a default are null; else they stay absent.</param>
    public Value.Map Members(
        ImmutableArray<ParameterSpec> members, Value.Map given, string path, bool closed, bool fill)
    {
        var values = new Dictionary<string, Value>(StringComparer.Ordinal);
        foreach (var member in members)
        {
            var place = $"{path}/{member.Name}";
            if (given.TryGet(member.Name, out var value) && !value.IsNull)
            {
                values[member.Name] = Fit(member, value, place);
            }
            else if (value is not null && member.Types.Contains("null"))
            {
                values[member.Name] = value;
            }
            else if (member.Default is { IsNull: false })
            {
                values[member.Name] = Fit(member, member.Default, place);
            }
            else if (value is not null && !member.Required)
            {
                values[member.Name] = value;
            }
            else if (value is not null)
            {
                Add(ProblemCode.InputMissing, $"'{member.Name}' is required and must not be null.", place);
            }
            else if (member.Required)
            {
                Add(ProblemCode.InputMissing, $"'{member.Name}' is required.", place);
            }
            else if (fill)
            {
                values[member.Name] = Value.Null;
            }
        }

        var known = members.Select(member => member.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, value) in given.Entries)
        {
            if (known.Contains(name))
            {
                continue;
            }

            values[name] = value;
            if (closed)
            {
                Unknown(name, members, $"{path}/{name}");
            }
        }

        return new Value.Map([.. values]);
    }

    /// <returns>The value, with whole floats as integers where the schema wants integers, and with defaults inside.</returns>
    public Value Fit(ParameterSpec spec, Value value, string path)
    {
        if (!spec.Types.IsEmpty && !spec.Types.Any(type => HasType(value, type)))
        {
            Add(ProblemCode.InputType, $"Expected {Types(spec)}, not {Kind(value)}.", path);
            return value;
        }

        if (!spec.Enum.IsEmpty && !spec.Enum.Contains(value))
        {
            Add(ProblemCode.InputEnum, $"Expected one of {string.Join(", ", spec.Enum)}, not {Short(spec, value)}.", path);
        }

        switch (value)
        {
            case Value.Int or Value.Float:
                CheckRange(spec, value, path);
                var wantsInteger = spec.Types.Contains("integer") && !spec.Types.Contains("number");
                return wantsInteger && AsInteger(value) is { } integer ? Value.Of(integer) : value;
            case Value.Text text:
                CheckText(spec, text.Content, path);
                return value;
            case Value.List list:
                CheckLength(spec, list.Count, "elements", path);
                return spec.Items is { } items
                    ? Value.Of(list.Items.Select((item, index) => Fit(items, item, $"{path}/{index}")))
                    : value;
            case Value.Map map:
                return spec.Properties.IsEmpty ? value : Members(spec.Properties, map, path, closed: false, fill: false);
            default:
                return value;
        }
    }

    private void CheckRange(ParameterSpec spec, Value value, string path)
    {
        var number = value is Value.Int integer ? integer.Content : ((Value.Float)value).Content;
        if (number < spec.Minimum || number > spec.Maximum)
        {
            Add(
                ProblemCode.InputRange,
                $"Expected a number {Bounds(spec.Minimum, spec.Maximum)}, not {Short(spec, value)}.",
                path);
        }
    }

    private void CheckText(ParameterSpec spec, string text, string path)
    {
        CheckLength(spec, text.EnumerateRunes().Count(), "characters", path);
        if (spec.Pattern is { } pattern && InputPattern.TryParse(pattern, out var regex) && !regex.IsMatch(text))
        {
            Add(ProblemCode.InputPattern, $"Expected a text that matches '{pattern}'.", path);
        }
    }

    private void CheckLength(ParameterSpec spec, int length, string unit, string path)
    {
        if (length < spec.MinLength || length > spec.MaxLength)
        {
            Add(ProblemCode.InputLength, $"Expected {unit} {Bounds(spec.MinLength, spec.MaxLength)}, not {length}.", path);
        }
    }

    private void Unknown(string name, ImmutableArray<ParameterSpec> members, string path)
    {
        var near = _nearest.To(name, members.Select(member => member.Name));
        var hint = near is null ? "" : $" Did you mean '{near}'?";
        Add(ProblemCode.InputUnknown, $"There is no parameter '{name}'.{hint}", path);
    }

    private void Add(string code, string message, string path) => _problems.Add(new InputProblem(code, message, path));

    private static long? AsInteger(Value value) => value switch
    {
        Value.Int integer => integer.Content,
        Value.Float number when Math.Abs(number.Content) < 9e18 && Math.Truncate(number.Content) == number.Content =>
            (long)number.Content,
        _ => null,
    };

    private static string Types(ParameterSpec spec) => string.Join(" or ", spec.Types);

    private static string Bounds(double? lowest, double? highest) => (lowest, highest) switch
    {
        ({ } low, { } high) => $"from {Text(low)} to {Text(high)}",
        ({ } low, null) => $"of at least {Text(low)}",
        _ => $"of at most {Text(highest!.Value)}",
    };

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static string Short(ParameterSpec spec, Value value)
    {
        var text = spec.Secret ? "********" : value.ToString();
        return text.Length > 60 ? text[..57] + "..." : text;
    }
}
