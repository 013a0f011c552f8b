using System.ComponentModel;
using System.Globalization;
using System.Text;

namespace Executor.Worker.Runners.Processes;

/// <summary>
/// Kills the programs of this process when it is gone, however it ends: a small process of its own hears of every
/// program over a pipe, and kills the groups of those that are left when the pipe ends.
/// </summary>
/// <remarks>
/// A program is announced before it is started, so that one whose number was never told is found by its idempotency
/// key. The pipe ends only when every start under way has become a program: until then each holds a copy of its end.
/// </remarks>
internal sealed class ProcessWatch
{
    private const string Coming = "x";
    private const string Gone = "-";

    /// <summary>
    /// Holds what it hears as <c>number=state</c>, where a state is the number of a group, or <c>x</c> and the key of a
    /// program that is being started. Looks twice: a program that has just begun has no environment for a moment.
    /// </summary>
    internal const string Script =
        """
        exec > /dev/null 2>&1
        trap '' HUP INT TERM
        all=' '
        while read -r number state; do
            case $all in *" $number="*)
                rest=${all#*" $number="}
                all="${all%%" $number="*} ${rest#* }"
            esac
            [ "$state" = - ] || all="$all$number=$state "
        done
        coming=
        for one in $all; do
            case $one in
                *=x*) coming="$coming ${one#*=x}" ;;
                *) kill -s KILL -- "-${one#*=}" ;;
            esac
        done
        for key in $coming $coming; do
            for file in $(grep -lszxF "EX_IDEMPOTENCY_KEY=$key" /proc/[0-9]*/environ); do
                file=${file#/proc/}
                kill -s KILL -- "-${file%/environ}" "${file%/environ}"
            done
            sleep 0.1
        done
        """;

    private readonly Lock _gate = new();
    private readonly Dictionary<long, string> _states = [];
    private long _last;
    private int _process;
    private int _pipe;
    private bool _missedAnEnd;

    private ProcessWatch()
    {
    }

    /// <summary>Begins with the first program and ends with this process.</summary>
    public static ProcessWatch OfThisProcess { get; } = new();

    /// <summary>The process that watches; 0 before the first program.</summary>
    public int Process => _process;

    /// <param name="key">What the program finds in its environment as EX_IDEMPOTENCY_KEY.</param>
    /// <returns>The name of the start in further calls.</returns>
    /// <exception cref="Win32Exception">Nobody can be made to watch.</exception>
    public long Announce(string key)
    {
        lock (_gate)
        {
            var number = ++_last;
            try
            {
                Tell(number, Coming + key);
                return number;
            }
            catch
            {
                _states.Remove(number);
                throw;
            }
        }
    }

    /// <exception cref="Win32Exception">Nobody can be made to watch.</exception>
    public void Started(long number, int leader)
    {
        lock (_gate)
        {
            Tell(number, leader.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>It was never started, or all of its group is dead; before its number can be another's.</summary>
    public void Ended(long number)
    {
        lock (_gate)
        {
            _states.Remove(number);
            _missedAnEnd |= _process != 0 && !TryWrite($"{number} {Gone}\n");
        }
    }

    private void Tell(long number, string state)
    {
        _states[number] = state;
        if (_process == 0 || _missedAnEnd || !TryWrite($"{number} {state}\n"))
        {
            Replace();
        }
    }

    /// <summary>One that died or no longer listens is replaced; the new one hears of all that runs.</summary>
    private void Replace()
    {
        if (_process != 0)
        {
            // Killed before its pipe is closed, or it would do what it is for.
            _ = Libc.Kill(_process, Libc.Destroy);
            _ = Libc.Wait(_process, out _, 0);
            _ = Libc.Close(_pipe);
            _process = 0;
        }

        (_process, _pipe) = Spawning.StartWatch(Script);
        _missedAnEnd = false;
        foreach (var (number, state) in _states)
        {
            if (!TryWrite($"{number} {state}\n"))
            {
                throw new Win32Exception(Libc.BrokenPipe);
            }
        }
    }

    /// <summary>Shorter than what a pipe takes as a whole, so that no line is ever cut.</summary>
    private bool TryWrite(string line)
    {
        var bytes = Encoding.ASCII.GetBytes(line);
        return Libc.Write(_pipe, bytes, bytes.Length) == bytes.Length;
    }
}
