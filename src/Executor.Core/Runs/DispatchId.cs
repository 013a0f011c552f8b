using System.Security.Cryptography;
using System.Text;

namespace Executor.Core.Runs;

/// <summary>Names one request to a worker; the same slot of the same run always has the same one.</summary>
/// <param name="Text">32 lower-case hexadecimal digits.</param>
public readonly record struct DispatchId(string Text)
{
    /// <summary>The first 128 bits of SHA-256 over <c>run/task/visit/item/attempt</c>.</summary>
    public static DispatchId Of(RunId run, Slot slot)
    {
        var text = $"{run.Text}/{slot.Task}/{slot.Visit}/{slot.Item}/{slot.Attempt}";
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        return new DispatchId(Convert.ToHexStringLower(hash.AsSpan(0, 16)));
    }

    public override string ToString() => Text;
}
