using System.ComponentModel.DataAnnotations;

namespace Executor.Worker;

/// <summary>
/// What a program started by core.shell may use. The limits are the system's own (see <c>setrlimit</c>), hold for each
/// process of the program, and null leaves the worker's; any of them needs <c>prlimit</c> of util-linux. Core dumps are
/// off, the worker's too, and a program begins with umask 077.
/// </summary>
public sealed class ProcessOptions
{
    /// <summary>Bytes of memory that one process may map.</summary>
    [Range(1L << 20, long.MaxValue)]
    public long? AddressSpace { get; set; }

    /// <summary>Seconds of processor time of one process.</summary>
    [Range(1L, 31_536_000L)]
    public long? ProcessorSeconds { get; set; }

    /// <summary>Bytes of one file that is written.</summary>
    [Range(0L, long.MaxValue)]
    public long? FileSize { get; set; }

    /// <summary>Files that one process may have open.</summary>
    [Range(16L, 1_048_576L)]
    public long? OpenFiles { get; set; }

    /// <summary>
    /// Processes and threads of the worker's user, all of them on the machine: only for a user of the worker's own.
    /// </summary>
    [Range(1L, 4_194_304L)]
    public long? Processes { get; set; }

    /// <summary>Lets programs gain rights by being started, as sudo does.</summary>
    public bool AllowNewPrivileges { get; set; }
}
