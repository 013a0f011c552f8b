using Executor.Core.Workflows.Yaml;

namespace Executor.Core.Workflows.Reading;

/// <summary>Reads how often, when and after what wait an attempt is repeated.</summary>
internal sealed class RetryReader(ValueReader values)
{
    private const int MostAttempts = 100;

    public RetrySpec? Read(Field? field)
    {
        if (field is null
            || Fields.Of(field.Node, $"'retry' of {field.Owner}", KeyTable.Retry, values.Problems) is not { } fields)
        {
            return null;
        }

        var jitter = fields.Find("jitter");
        if (values.Number(jitter) is < 0 or > 1)
        {
            values.WrongValue<object>(jitter!, "a number from 0 to 1");
        }

        return new RetrySpec(
            values.Integer(fields.Require("count"), 1, MostAttempts) ?? 1,
            values.Duration(fields.Find("delay"), zero: true) ?? TimeSpan.Zero,
            ReadBackoff(fields.Find("backoff")),
            values.Duration(fields.Find("max_delay"), zero: true),
            values.Number(jitter) ?? 0,
            values.Condition(fields.FindEvenEmpty("when", "on_error")),
            field.KeyAt)
        {
            Keys =
            [
                .. fields.Mapping.Entries.Where(entry => entry.Value is not YamlNode.Scalar { Value.IsNull: true })
                    .Select(entry => KeyValuePair.Create(entry.Key, entry.KeyAt)),
            ],
        };
    }

    private Backoff ReadBackoff(Field? field) => values.Text(field) switch
    {
        null or "constant" => Backoff.Constant,
        "linear" => Backoff.Linear,
        "exponential" => Backoff.Exponential,
        _ => values.WrongValue<Backoff>(field!, "constant, linear or exponential"),
    };
}
