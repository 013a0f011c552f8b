using System.Text.Json;

namespace Executor.Core.Tests.House;

/// <summary>The audit of a package source without advisories proves nothing, so the lowest versions are kept here.</summary>
public sealed class PackageTests
{
    private static readonly (string Package, Version Lowest, string Reason)[] Minimum =
    [
        ("Newtonsoft.Json", new(13, 0, 1), "deep nesting could stop the process; comes with Akka"),
        ("OpenTelemetry.Api", new(1, 15, 3), "asked for by Akka.Hosting"),
        ("SQLitePCLRaw.lib.e_sqlite3", new(2, 1, 11), "older builds carry a SQLite with known memory faults"),
        ("Npgsql", new(9, 0, 0), "older ones could be made to send foreign statements"),
    ];

    [Fact]
    public void No_lock_file_holds_a_package_below_its_lowest_allowed_version()
    {
        var locks = Directory.GetFiles(Repository.Root, "packages.lock.json", SearchOption.AllDirectories);
        var tooOld =
            from file in locks
            from package in Packages(file)
            from rule in Minimum
            where package.Name == rule.Package && package.Version < rule.Lowest
            select $"{rule.Package} {package.Version} < {rule.Lowest} ({rule.Reason}) in {file}";

        Assert.NotEmpty(locks);
        Assert.Empty(tooOld);
    }

    [Fact]
    public void Every_project_has_a_lock_file()
    {
        var projects = Directory.GetFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories);

        Assert.All(projects, project =>
            Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(project)!, "packages.lock.json")), project));
    }

    private static IEnumerable<(string Name, Version Version)> Packages(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        foreach (var framework in document.RootElement.GetProperty("dependencies").EnumerateObject())
        {
            foreach (var package in framework.Value.EnumerateObject())
            {
                if (package.Value.TryGetProperty("resolved", out var resolved)
                    && Version.TryParse(resolved.GetString()!.Split('-')[0], out var version))
                {
                    yield return (package.Name, version);
                }
            }
        }
    }
}
