using System.Xml.Linq;

namespace Executor.Core.Tests.House;

/// <summary>A project exists only if a dependency must not leak; this is the list of who may see what.</summary>
public sealed class LayeringTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Executor.Core"] = ["YamlDotNet", "Microsoft.CodeAnalysis.BannedApiAnalyzers"],
        ["Executor.Rehearsal"] = ["Executor.Core"],
        ["Executor.Storage"] = ["Executor.Core", "Dapper", "Microsoft.Data.Sqlite", "Npgsql"],
        ["Executor.Messaging"] =
        [
            "Executor.Core", "Akka.Streams", "RabbitMQ.Client", "Microsoft.Extensions.DependencyInjection.Abstractions",
            "Microsoft.Extensions.Logging.Abstractions",
        ],
        ["Executor.Actors"] =
        [
            "Executor.Core", "Akka", "Akka.Cluster.Sharding", "Akka.Persistence.Sql", "Akka.Streams",
        ],
        ["Executor.Worker"] = ["Executor.Core", "Executor.Messaging", "Microsoft.Extensions.Hosting"],
        ["Executor.Host"] =
        [
            "Executor.Core", "Executor.Storage", "Executor.Messaging", "Executor.Actors", "Executor.Worker",
            "Executor.Rehearsal", "Microsoft.AspNetCore.OpenApi", "OpenTelemetry.Exporter.OpenTelemetryProtocol",
            "OpenTelemetry.Exporter.Prometheus.AspNetCore", "OpenTelemetry.Extensions.Hosting",
            "OpenTelemetry.Instrumentation.AspNetCore", "System.CommandLine", "Spectre.Console",
        ],
    };

    public static TheoryData<string> Projects => new(Allowed.Keys);

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_refers_only_to_what_its_room_may_use(string project)
    {
        var file = XDocument.Load(Path.Combine(Repository.Root, "src", project, project + ".csproj"));
        var references = file.Descendants()
            .Where(element => element.Name.LocalName is "ProjectReference" or "PackageReference")
            .Select(element => element.Attribute("Include")!.Value)
            .Select(name => name.EndsWith(".csproj", StringComparison.Ordinal)
                ? Path.GetFileNameWithoutExtension(name)
                : name);

        Assert.Empty(references.Except(Allowed[project]));
    }

    [Fact]
    public void Every_project_under_src_has_a_rule()
    {
        var projects = Directory.GetDirectories(Path.Combine(Repository.Root, "src")).Select(Path.GetFileName);

        Assert.Equal(Allowed.Keys.Order(), projects.Order());
    }

    [Fact]
    public void Core_is_built_with_the_list_of_banned_symbols()
    {
        var file = XDocument.Load(Path.Combine(Repository.Root, "src", "Executor.Core", "Executor.Core.csproj"));

        Assert.Contains(
            file.Descendants("AdditionalFiles"),
            element => element.Attribute("Include")?.Value == "BannedSymbols.txt");
    }
}
