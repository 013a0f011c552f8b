namespace Executor.Integration.Tests.Cli;

/// <summary>A folder of a test's own, gone with the test.</summary>
internal sealed class Scratch : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("executor-test-").FullName;

    /// <returns>The name as it was given, to be used as an argument in <see cref="Folder"/>.</returns>
    public string Write(string name, string text)
    {
        File.WriteAllText(Path.Combine(Folder, name), text);
        return name;
    }

    public string Read(string name) => File.ReadAllText(Path.Combine(Folder, name));

    public Task<Ended> RunAsync(params string[] arguments) => Executable.RunAsync(Folder, arguments);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
