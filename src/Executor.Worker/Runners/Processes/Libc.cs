using System.Runtime.InteropServices;

namespace Executor.Worker.Runners.Processes;

/// <summary>
/// The few calls that the framework's own process class does not offer: groups, limits, and waiting without reaping.
/// </summary>
internal static class Libc
{
    public const int CloseOnExec = 0x80000;
    public const int NoSuchFile = 2;
    public const int Interrupted = 4;
    public const int TextFileBusy = 26;
    public const int BrokenPipe = 32;

    public const int Terminate = 15;
    public const int Destroy = 9;

    public const short SetSignalDefaults = 0x04;
    public const short SetSignalMask = 0x08;
    public const short SetSession = 0x80;

    public const int SetStatusFlags = 4;
    public const int NonBlocking = 0x800;

    public const int NoNewPrivileges = 38;
    public const int FileSystemState = 0x200;

    public const int LimitCore = 4;

    public const int IdOfProcess = 1;
    public const int Exited = 0x4;
    public const int LeaveWaitable = 0x1000000;

    // Larger than any libc's attribute, file action and signal set structures.
    public const int StructureSize = 1024;

    private const string Name = "libc";

    [DllImport(Name, EntryPoint = "posix_spawnp")]
    public static extern int Spawn(
        out int process, IntPtr file, IntPtr actions, IntPtr attributes, IntPtr[] arguments, IntPtr[] environment);

    [DllImport(Name, EntryPoint = "posix_spawnattr_init")]
    public static extern int InitAttributes(IntPtr attributes);

    [DllImport(Name, EntryPoint = "posix_spawnattr_destroy")]
    public static extern int DestroyAttributes(IntPtr attributes);

    [DllImport(Name, EntryPoint = "posix_spawnattr_setflags")]
    public static extern int SetFlags(IntPtr attributes, short flags);

    [DllImport(Name, EntryPoint = "posix_spawnattr_setsigdefault")]
    public static extern int SetDefaults(IntPtr attributes, IntPtr signals);

    [DllImport(Name, EntryPoint = "posix_spawnattr_setsigmask")]
    public static extern int SetMask(IntPtr attributes, IntPtr signals);

    [DllImport(Name, EntryPoint = "sigfillset")]
    public static extern int AllSignals(IntPtr signals);

    [DllImport(Name, EntryPoint = "sigemptyset")]
    public static extern int NoSignals(IntPtr signals);

    [DllImport(Name, EntryPoint = "posix_spawn_file_actions_init")]
    public static extern int InitActions(IntPtr actions);

    [DllImport(Name, EntryPoint = "posix_spawn_file_actions_destroy")]
    public static extern int DestroyActions(IntPtr actions);

    [DllImport(Name, EntryPoint = "posix_spawn_file_actions_adddup2")]
    public static extern int AddDuplicate(IntPtr actions, int descriptor, int copy);

    [DllImport(Name, EntryPoint = "posix_spawn_file_actions_addchdir_np")]
    public static extern int AddFolder(IntPtr actions, IntPtr path);

    [DllImport(Name, EntryPoint = "pipe2", SetLastError = true)]
    public static extern int Pipe([Out] int[] ends, int flags);

    [DllImport(Name, EntryPoint = "close")]
    public static extern int Close(int descriptor);

    [DllImport(Name, EntryPoint = "write", SetLastError = true)]
    public static extern nint Write(int descriptor, byte[] bytes, nint count);

    [DllImport(Name, EntryPoint = "fcntl", SetLastError = true)]
    public static extern int ControlFile(int descriptor, int command, int value);

    [DllImport(Name, EntryPoint = "prctl", SetLastError = true)]
    public static extern int Control(int option, nint first, nint second, nint third, nint fourth);

    [DllImport(Name, EntryPoint = "unshare", SetLastError = true)]
    public static extern int Unshare(int what);

    [DllImport(Name, EntryPoint = "umask")]
    public static extern int FileMask(int mask);

    [DllImport(Name, EntryPoint = "prlimit64", SetLastError = true)]
    public static extern int Limit(int process, int kind, long[]? softAndHard, [Out] long[]? former);

    [DllImport(Name, EntryPoint = "kill")]
    public static extern int Kill(int process, int signal);

    [DllImport(Name, EntryPoint = "waitid", SetLastError = true)]
    public static extern int WaitId(int kind, int process, IntPtr information, int options);

    [DllImport(Name, EntryPoint = "waitpid", SetLastError = true)]
    public static extern int Wait(int process, out int status, int options);
}
