using System.ComponentModel.DataAnnotations;

namespace Executor.Worker;

/// <summary>How a worker works. Checked when the worker is made; a value out of range stops the start.</summary>
public sealed class WorkerOptions
{
    private readonly string _place = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid():N}"[..^24];
    private string? _name;

    /// <summary>
    /// Known to the executor and in every row; one per process. It begins with a pool and a dot where the broker has a
    /// user for each pool; when it is left out, with the first pool, followed by machine, process and a random part.
    /// </summary>
    [Required]
    [RegularExpression("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")]
    public string Name
    {
        get => _name ?? (Pools.Count > 0 ? $"{Pools[0]}.{_place}" : _place);
        set => _name = value;
    }

    [Required]
    [MinLength(1)]
    public IReadOnlyList<string> Pools { get; set; } = ["default"];

    /// <summary>Actions that run at the same time.</summary>
    [Range(1, 10_000)]
    public int Parallelism { get; set; } = 10;

    /// <summary>
    /// Requests of one pool in hand whose claim has not been answered; 0 is as many as run in parallel.
    /// </summary>
    [Range(0, 10_000)]
    public int Prefetch { get; set; }

    /// <summary>Time between the polite and the hard kill of an action; at most a sixth of its lease.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan KillGrace { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long running actions may go on after the worker was told to stop.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan DrainLimit { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often leases are looked at. At most a twelfth of the lease keeps every deadline.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:05")]
    public TimeSpan WatchInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How often the worker says that it is there.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>First pause before something that failed outside is tried again; it doubles each time.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan FirstPause { get; set; } = TimeSpan.FromMilliseconds(200);

    [Range(typeof(TimeSpan), "00:00:00.010", "00:05:00")]
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Bytes kept of each output stream of an action, half from its begin and half from its end.</summary>
    [Range(1024, 16 * 1024 * 1024)]
    public int OutputLimit { get; set; } = 1024 * 1024;

    /// <summary>
    /// Bytes of a result as JSON; a larger one is a failed attempt. A message holds 1 MiB with its envelope.
    /// </summary>
    [Range(1024, 1_000_000)]
    public int ResultLimit { get; set; } = 1_000_000;

    /// <summary>
    /// Whether a confirmed result is kept, its lease renewed and the result repeated until the executor says that the
    /// attempt has ended. Off only where losing the queue means losing the worker as well.
    /// </summary>
    public bool KeepResults { get; set; } = true;

    /// <summary>Variables of the worker's own environment that processes get too.</summary>
    [Required]
    public IReadOnlyList<string> PassEnvironment { get; set; } = ["PATH", "HOME", "LANG", "TZ", "TMPDIR"];

    /// <summary>Where processes start that name no folder; null is the worker's own.</summary>
    public string? WorkingDirectory { get; set; }

    [Required]
    public ProcessOptions Programs { get; set; } = new();

    [Required]
    public HttpOptions Http { get; set; } = new();

    internal int PrefetchPerPool => Prefetch == 0 ? Parallelism : Prefetch;

    /// <exception cref="ValidationException">Names the value and its range.</exception>
    internal void Check()
    {
        Validator.ValidateObject(this, new ValidationContext(this), validateAllProperties: true);
        Validator.ValidateObject(Programs, new ValidationContext(Programs), validateAllProperties: true);
        Validator.ValidateObject(Http, new ValidationContext(Http), validateAllProperties: true);
    }
}
