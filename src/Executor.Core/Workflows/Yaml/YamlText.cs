using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Executor.Core.Expressions;

namespace Executor.Core.Workflows.Yaml;

/// <summary>Foreign YAML (or JSON, which is YAML) as nodes, within <see cref="YamlLimits"/>.</summary>
public static class YamlText
{
    private static readonly UTF8Encoding Strict =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static YamlReading Read(string text)
    {
        var problems = new ProblemList();
        var root = YamlReader.Read(text, problems);
        return new YamlReading(problems.HasErrors ? null : root, problems.ToImmutable());
    }

    /// <summary>The text of a file, which must be UTF-8.</summary>
    public static bool TryDecode(
        ReadOnlySpan<byte> file, [NotNullWhen(true)] out string? text, [NotNullWhen(false)] out SpecProblem? problem)
    {
        (text, problem) = (null, null);
        try
        {
            text = Strict.GetString(file);
            return true;
        }
        catch (DecoderFallbackException broken)
        {
            var place = broken.Index < 0 ? 0 : broken.Index;
            var line = file[..Math.Min(place, file.Length)].Count((byte)'\n') + 1;
            problem = new SpecProblem(
                ProblemCode.YamlSyntax, "The file is not UTF-8.", new Position(line, 1), "Save the file as UTF-8.");
            return false;
        }
    }
}

/// <param name="Root">Null when there is a problem.</param>
public sealed record YamlReading(YamlNode? Root, ImmutableArray<SpecProblem> Problems);
