using System.ComponentModel.DataAnnotations;
using Executor.Actors.Cluster;
using Executor.Actors.Journal;
using Executor.Core.Runs;
using Executor.Core.Workflows;

namespace Executor.Actors;

public sealed record ActorsOptions
{
    /// <summary>Connection string of the database that holds the journal.</summary>
    [Required]
    public required string Journal { get; init; }

    /// <summary>What <see cref="Journal"/> leads to.</summary>
    public JournalDatabase JournalDatabase { get; init; }

    /// <summary>The key of the installation: whoever has it can forge results.</summary>
    [Required]
    [MinLength(32)]
    public required byte[] TokenKey { get; init; }

    /// <summary>Stamped on every journal entry.</summary>
    [Required]
    [StringLength(64, MinimumLength = 1)]
    public string Node { get; init; } = Environment.MachineName;

    /// <summary>What is known of the actions of all workers; the same on every node of a cluster.</summary>
    [Required]
    public KnownActions Actions { get; init; } = KnownActions.None;

    /// <summary>Of the runs that this node starts.</summary>
    [Required]
    public RunLimits Limits { get; init; } = RunLimits.Default;

    /// <summary>
    /// Bytes of JSON up to which a result stands in the journal. May differ between nodes and change at any time: no run
    /// comes to another end by it.
    /// </summary>
    [Range(1, 8 << 20)]
    public int InlineResult { get; init; } = 64 << 10;

    /// <summary>Null: one process, no cluster.</summary>
    public ClusterOptions? Cluster { get; init; }

    /// <summary>File of <c>hocon/</c> that an actor system without a cluster starts with.</summary>
    public string ConfigurationFile { get; init; } = "embedded.conf";

    /// <summary>HOCON that goes before the file.</summary>
    public string Settings { get; init; } = "";

    /// <summary>What is logged: DEBUG, INFO, WARNING, ERROR or OFF; null is as the file says.</summary>
    [RegularExpression("DEBUG|INFO|WARNING|ERROR|OFF")]
    public string? LogLevel { get; init; }

    /// <summary>How long a claim holds without a renewal.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Between two looks for what nobody is looking after.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:10:00")]
    public TimeSpan ReconcileEvery { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>A request sent this long ago that nobody claimed is sent again.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan StaleAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A run that nobody wrote to for this long goes to sleep.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "1.00:00:00")]
    public TimeSpan IdleAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Results in hand at a time.</summary>
    [Range(1, 10_000)]
    public int ResultsInHand { get; init; } = 512;

    /// <summary>
    /// How long a run may take to answer a command before it is asked again. Short, because a region that hands a shard
    /// over drops what it holds for it without a word; asking twice costs a run nothing.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Before a result that could not be handled goes back to its queue; grows with each return.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan RequeuePause { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Requests that may wait in memory to be sent, of each pool.</summary>
    [Range(1, 1_000_000)]
    public int RequestsInMemory { get; init; } = 20_000;

    /// <summary>Rows for people that may wait in memory to be written.</summary>
    [Range(1, 10_000_000)]
    public int RowsInMemory { get; init; } = 200_000;

    /// <summary>Journal entries of a run between two snapshots, at least; large states get them more rarely.</summary>
    [Range(1, 1_000_000)]
    public int SnapshotAfter { get; init; } = 500;

    /// <summary>Before a run that failed comes back; doubles with each failure, up to <see cref="LongestRestartPause"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan RestartPause { get; init; } = TimeSpan.FromMilliseconds(200);

    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")]
    public TimeSpan LongestRestartPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Workers and queues live in this process and died with the last one: on starting, what was sent is sent again and
    /// what was running is abandoned.
    /// </summary>
    public bool WorkersDiedWithLastProcess { get; init; }

    /// <summary>Runs that are not finished go on when the system starts; else when something comes for them.</summary>
    public bool ResumeAll { get; init; }

    /// <summary>
    /// Which runs this process looks after; null: all. The others are left as they are, for a process that will.
    /// Without a cluster only.
    /// </summary>
    public Func<RunId, bool>? Minds { get; init; }

    /// <exception cref="ValidationException">A value is outside its range.</exception>
    internal void Check()
    {
        Validator.ValidateObject(this, new ValidationContext(this), validateAllProperties: true);
        Cluster?.Check();
    }
}
