using Executor.Chaos.Processes;

namespace Executor.Chaos.Ledgers;

/// <summary>The moment at which a worker dies, as whoever runs the campaign has ordered; without an order it lives.</summary>
/// <remarks>Death comes by SIGKILL, as from outside: no handler and no finally block sees it.</remarks>
internal sealed class Fate : IDisposable
{
    private const int None = -1;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly string _order;
    private readonly Timer _timer;
    private int _moment = None;

    public Fate(string ledger, string worker)
    {
        _order = OrderOf(ledger, worker);
        _timer = new Timer(_ => Read(), null, TimeSpan.Zero, Look);
    }

    public static void Order(string ledger, string worker, DeathMoment moment)
    {
        var written = OrderOf(ledger, worker) + ".new";
        File.WriteAllText(written, moment.ToString());
        File.Move(written, OrderOf(ledger, worker));
    }

    public void Meet(DeathMoment moment)
    {
        if (Volatile.Read(ref _moment) == (int)moment)
        {
            Libc.Kill(Environment.ProcessId, (int)Signal.Kill);
        }
    }

    public void Dispose() => _timer.Dispose();

    private static string OrderOf(string ledger, string worker) => $"{ledger}.{worker}.dies";

    private void Read()
    {
        if (File.Exists(_order))
        {
            Volatile.Write(ref _moment, (int)Enum.Parse<DeathMoment>(File.ReadAllText(_order)));
            File.Delete(_order);
        }
    }
}
