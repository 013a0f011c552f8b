namespace Executor.Worker.Runners.Processes;

/// <param name="Code">128 and the signal's number when a signal ended it, as a shell counts.</param>
/// <param name="Signal">0 when it left by itself.</param>
internal readonly record struct ExitStatus(int Code, int Signal)
{
    public static ExitStatus FromWait(int status)
    {
        var signal = status & 0x7f;
        return signal == 0 ? new ExitStatus((status >> 8) & 0xff, 0) : new ExitStatus(128 + signal, signal);
    }

    public string SignalName => Signal switch
    {
        1 => "SIGHUP",
        2 => "SIGINT",
        3 => "SIGQUIT",
        4 => "SIGILL",
        6 => "SIGABRT",
        7 => "SIGBUS",
        8 => "SIGFPE",
        9 => "SIGKILL",
        11 => "SIGSEGV",
        13 => "SIGPIPE",
        15 => "SIGTERM",
        24 => "SIGXCPU",
        25 => "SIGXFSZ",
        _ => $"signal {Signal}",
    };
}
