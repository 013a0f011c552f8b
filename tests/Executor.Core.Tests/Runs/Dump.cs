using System.Collections;
using System.Reflection;
using System.Text;
using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.Runs;

/// <summary>
/// Everything in an object, private parts included, as text: two states are the same if their texts are.
/// </summary>
internal static class Dump
{
    private const BindingFlags Own =
        BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly;

    public static string Of(object? value)
    {
        var text = new StringBuilder();
        Write(text, value);
        return text.ToString();
    }

    private static void Write(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                text.Append('-');
                break;
            case string or Enum or Value or WorkflowSpec or TimeSpan:
                text.Append('\'').Append(value).Append('\'');
                break;
            case DateTimeOffset time:
                text.Append(time.UtcTicks);
                break;
            case TaskSpec task:
                text.Append(task.Name);
                break;
            case Delegate:
                break;
            case IDictionary map:
                var entries = map.Keys.Cast<object>().Select(key => $"{Of(key)}={Of(map[key])};");
                text.AppendJoin("", entries.Order(StringComparer.Ordinal));
                break;
            case IEnumerable list:
                text.Append('[');
                foreach (var item in list)
                {
                    Write(text, item);
                    text.Append(',');
                }

                text.Append(']');
                break;
            case var plain when plain.GetType().IsPrimitive:
                text.Append(plain);
                break;
            default:
                WriteFields(text, value);
                break;
        }
    }

    private static void WriteFields(StringBuilder text, object value)
    {
        text.Append('{');
        for (var type = value.GetType(); type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (var field in type.GetFields(Own).OrderBy(field => field.Name, StringComparer.Ordinal))
            {
                text.Append(field.Name).Append(':');
                Write(text, field.GetValue(value));
                text.Append(' ');
            }
        }

        text.Append('}');
    }
}
