using System.Collections.Immutable;
using System.CommandLine;
using Executor.Core.Workflows;
using Executor.Host.Client;
using Executor.Host.Local;
using Executor.Host.Output;
using Executor.Worker.Runners;

namespace Executor.Host.Verbs;

/// <summary>Says what is wrong in workflow files, without running anything.</summary>
internal static class CheckVerb
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Workflow files.",
            Arity = ArgumentArity.OneOrMore,
        };
        var output = CommonOptions.Output("text", "json", "github", "sarif");
        var strict = new Option<bool>("--strict") { Description = "Warnings count as problems." };
        var server = new Option<string?>("--server")
        {
            Description = "Checks for this server: actions that none of its workers runs, and workflows that are neither "
                + "stored there nor among the files, are problems. Its key is taken from " + ServerOptions.KeyVariable + ".",
            HelpName = "URL",
        };
        var command = new Command(
            "check",
            "Checks workflow files and reports every problem with its place. "
            + "Exit code 0 clean, 1 problems, 2 no such file.")
        {
            files, output, strict, server,
        };
        command.SetAction(async (parsed, stop) =>
        {
            var paths = parsed.GetRequiredValue(files);
            var (found, isWhole) = parsed.GetValue(server) is { } address
                ? await ForServerAsync(paths, ServerOptions.Parse(address), stop)
                : ForHere(paths);
            ResultText.Write(parsed.GetRequiredValue(output) switch
            {
                "json" => CheckText.Json(found),
                "github" => CheckText.GitHub(found),
                "sarif" => Sarif.Of(found),
                _ => CheckText.ForPeople(found),
            });
            return isWhole ? Verdict(found, parsed.GetValue(strict)) : ExitCode.Unusable;
        });
        return command;
    }

    /// <summary>With the files that they call.</summary>
    /// <returns>And whether all of them could be read.</returns>
    private static (ImmutableArray<CheckedFile> Files, bool IsWhole) ForHere(string[] paths)
    {
        var (read, isWhole) = Read(paths, path => WorkflowFile.Read(path, CoreActionSpecs.Known));
        var seen = paths.Select(Path.GetFullPath).ToHashSet(StringComparer.Ordinal);
        var found = read.SelectMany(file => file.Called
            .Where(called => seen.Add(Path.GetFullPath(called.Path)))
            .Prepend(file));
        return ([.. found.Select(file => new CheckedFile(file.Path, file.Problems))], isWhole);
    }

    private static async Task<(ImmutableArray<CheckedFile> Files, bool IsWhole)> ForServerAsync(
        string[] paths, Uri address, CancellationToken stop)
    {
        using var server = new ApiClient(address, Environment.GetEnvironmentVariable(ServerOptions.KeyVariable));
        var catalogue = new ServerCatalogue(server);
        var (read, isWhole) = Read(paths, path => WorkflowFile.Read(path, CoreActionSpecs.Known));
        foreach (var spec in read.Select(file => file.Spec).OfType<WorkflowSpec>())
        {
            catalogue.Add(spec);
        }

        var found = ImmutableArray.CreateBuilder<CheckedFile>();
        foreach (var file in read)
        {
            var reread = await WorkflowFile.ReadAsync(file.Path, spec => catalogue.KnownToAsync(spec, stop));
            found.Add(new CheckedFile(reread.Path, reread.Problems));
        }

        return (found.ToImmutable(), isWhole);
    }

    private static (IReadOnlyList<WorkflowFile> Files, bool IsWhole) Read(string[] paths, Func<string, WorkflowFile> read)
    {
        var files = new List<WorkflowFile>();
        foreach (var path in paths)
        {
            try
            {
                files.Add(read(path));
            }
            catch (Unusable problem)
            {
                Talk.Error(problem.Code, problem.Message, problem.Place, problem.Advice);
            }
        }

        return (files, files.Count == paths.Length);
    }

    private static int Verdict(ImmutableArray<CheckedFile> files, bool strict)
    {
        var bad = files.Any(file => file.Problems.Any(
            problem => strict || problem.Severity == ProblemSeverity.Error));
        return bad ? ExitCode.Failed : ExitCode.Completed;
    }
}
