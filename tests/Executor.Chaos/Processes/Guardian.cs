using System.Diagnostics;

namespace Executor.Chaos.Processes;

/// <summary>
/// Ends what the runner has started when the runner itself is killed: it waits for the end of its input, which comes with
/// the end of the runner, however that ends.
/// </summary>
internal sealed class Guardian : IDisposable
{
    // A number may be another process's by then, but not with the same start time.
    private const string Waiting = """
        trap '' INT TERM HUP
        cat > /dev/null
        while read -r process started; do
          [ "$(sed 's/.*) //' "/proc/$process/stat" 2> /dev/null | cut -d' ' -f20)" != "$started" ] || kill -KILL "$process"
        done < "$1/processes"
        "$2/rabbitmq" stop "$1"
        "$2/postgres" stop "$1" immediate
        "$3" stop "$1"
        """;

    private readonly string _list;
    private readonly Process _process;

    /// <param name="servers">Folder of the servers' scripts.</param>
    /// <param name="network">The network's script.</param>
    public Guardian(string directory, string servers, string network)
    {
        _list = Path.Combine(directory, "processes");
        File.WriteAllText(_list, "");
        var start = new ProcessStartInfo("setsid", ["/bin/bash", "-c", Waiting, "guardian", directory, servers, network])
        {
            RedirectStandardInput = true,
            WorkingDirectory = directory,
        };
        _process = Process.Start(start) ?? throw new HarnessException("No guardian could be started.");
    }

    public void Add(Child child)
    {
        var text = File.ReadAllText($"/proc/{child.Id}/stat");
        var started = text[(text.LastIndexOf(')') + 2)..].Split(' ')[19];
        lock (_list)
        {
            File.AppendAllText(_list, $"{child.Id} {started}\n");
        }
    }

    /// <summary>Everything has ended in order.</summary>
    public void Dispose()
    {
        File.WriteAllText(_list, "");
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
