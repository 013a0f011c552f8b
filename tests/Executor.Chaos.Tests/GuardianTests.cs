using Executor.Chaos.Deployment;
using Executor.Chaos.Processes;

namespace Executor.Chaos.Tests;

/// <summary>What is ended when the runner is no longer there to end it.</summary>
public sealed class GuardianTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("chaos-guardian-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Servers_and_network_are_stopped()
    {
        var called = Path.Combine(_directory, "called");
        string Script(string name)
        {
            var path = Path.Combine(_directory, name);
            File.WriteAllText(path, $"#!/bin/sh\necho {name} \"$@\" >> '{called}'\n");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            }

            return path;
        }

        Script("rabbitmq");
        Script("postgres");
        var network = Script("network");

        new Guardian(_directory, _directory, network).Dispose();

        Assert.Equal(
            [$"rabbitmq stop {_directory}", $"postgres stop {_directory} immediate", $"network stop {_directory}"],
            File.ReadLines(called));
    }

    [Fact]
    public void The_scripts_it_is_given_are_there() => Assert.All(
        [Places.NetworkScript, $"{Places.ServerScripts}/rabbitmq", $"{Places.ServerScripts}/postgres"],
        path => Assert.True(File.Exists(path), path));
}
