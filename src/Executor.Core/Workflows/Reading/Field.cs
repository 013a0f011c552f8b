using Executor.Core.Expressions;
using Executor.Core.Workflows.Yaml;

namespace Executor.Core.Workflows.Reading;

/// <summary>A key that was given, with its value.</summary>
internal sealed record Field(string Key, string Owner, Position KeyAt, YamlNode Node)
{
    public Position At => Node.At;

    /// <summary>For messages.</summary>
    public string Name => $"'{Key}' of {Owner}";
}
