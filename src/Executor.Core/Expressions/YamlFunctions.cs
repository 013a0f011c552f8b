using Executor.Core.Values;
using Executor.Core.Workflows;
using Executor.Core.Workflows.Yaml;

namespace Executor.Core.Expressions;

/// <summary>Values as YAML and back; read under the same rules and limits as a workflow file.</summary>
internal static class YamlFunctions
{
    public static readonly Function[] All =
    [
        new("to_yaml", 1, Write),
        new("from_yaml", 1, Read),
    ];

    private static Value Write(Arguments arguments)
    {
        Bounds.CheckText(arguments[0].Weight, arguments.At);
        arguments.Evaluation.Work(arguments[0].Weight, arguments.At);
        return arguments.Built(YamlWriter.Write(arguments[0]));
    }

    private static Value Read(Arguments arguments)
    {
        var problems = new ProblemList();
        var node = YamlReader.Read(arguments.Text(0), problems);
        return node is not null && !problems.HasErrors
            ? arguments.Built(node.ToValue())
            : throw Failure.Type(arguments.PlaceOf(0), Sentence(problems.ToImmutable()[0]));
    }

    private static string Sentence(SpecProblem problem) =>
        $"The text is not YAML: {problem.Message} (line {problem.At.Line}, column {problem.At.Column})";
}
