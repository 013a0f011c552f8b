using System.Runtime.InteropServices;
using System.Text;
using Executor.Chaos.Processes;

namespace Executor.Chaos.Ledgers;

/// <summary>The file that all actions of a campaign add to, each line by one write to its end.</summary>
internal sealed class LedgerFile
{
    private readonly int _file;

    public LedgerFile(string path)
    {
        _file = Libc.Open(path, Libc.WriteOnly | Libc.Create | Libc.Append | Libc.CloseOnExec, Convert.ToInt32("644", 8));
        if (_file < 0)
        {
            throw new IOException($"The ledger {path} cannot be opened: error {Marshal.GetLastPInvokeError()}.");
        }
    }

    public void Add(LedgerLine line)
    {
        var bytes = Encoding.UTF8.GetBytes(line.Text);
        if (Libc.Write(_file, bytes, bytes.Length) != bytes.Length)
        {
            throw new IOException($"The ledger takes no line: error {Marshal.GetLastPInvokeError()}.");
        }
    }

    public static IReadOnlyList<LedgerLine> Read(string path) =>
        File.Exists(path) ? [.. File.ReadLines(path).Select(LedgerLine.Parse)] : [];
}
