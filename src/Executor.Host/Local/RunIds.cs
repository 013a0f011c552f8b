using System.Security.Cryptography;
using Executor.Core.Runs;

namespace Executor.Host.Local;

/// <summary>Names for runs that nobody can guess and that people can shorten.</summary>
internal static class RunIds
{
    public static RunId New() => new(RandomNumberGenerator.GetHexString(16, lowercase: true));
}
