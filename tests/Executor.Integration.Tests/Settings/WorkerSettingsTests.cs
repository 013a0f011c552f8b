using Executor.Host;
using Executor.Host.Serving;
using Executor.Host.Settings;
using Executor.Host.Verbs;
using Executor.Worker;

namespace Executor.Integration.Tests.Settings;

public sealed class WorkerSettingsTests
{
    public static TheoryData<string> Names => new(WorkerSettings.All.Select(setting => setting.Name));

    [Fact]
    public void Without_any_setting_actions_may_do_what_they_may_by_default_and_nothing_private_is_open()
    {
        var (read, standard) = (Read(), new WorkerOptions());

        Assert.Equivalent(standard.Http, read.Http, strict: true);
        Assert.Equivalent(standard.Programs, read.Programs, strict: true);
        Assert.Equal(standard.PassEnvironment, read.PassEnvironment);
        Assert.False(read.Http.AllowLoopback || read.Http.AllowPrivate || read.Programs.AllowNewPrivileges);
        Assert.Empty(read.Http.AllowedNetworks);
    }

    [Fact]
    public void Each_setting_is_the_option_that_it_names()
    {
        var read = Read(
            (WorkerSettings.AllowLoopback, "true"), (WorkerSettings.AllowPrivate, "true"),
            (WorkerSettings.AllowNetworks, "100.64.0.0/10, fd00:1::/32"), (WorkerSettings.HttpTimeout, "90s"),
            (WorkerSettings.HttpBodyLimit, "64KiB"), (WorkerSettings.PassEnvironment, "PATH, TEAM"),
            (WorkerSettings.AllowNewPrivileges, "true"), (WorkerSettings.LimitMemory, "2GiB"),
            (WorkerSettings.LimitProcessorTime, "1m30s"), (WorkerSettings.LimitFileSize, "4096"),
            (WorkerSettings.LimitOpenFiles, "256"), (WorkerSettings.LimitProcesses, "64"));

        Assert.Equivalent(
            new HttpOptions
            {
                AllowLoopback = true,
                AllowPrivate = true,
                AllowedNetworks = ["100.64.0.0/10", "fd00:1::/32"],
                Timeout = TimeSpan.FromSeconds(90),
                BodyLimit = 65_536,
            },
            read.Http, strict: true);
        Assert.Equivalent(
            new ProcessOptions
            {
                AllowNewPrivileges = true,
                AddressSpace = 1L << 31,
                ProcessorSeconds = 90,
                FileSize = 4_096,
                OpenFiles = 256,
                Processes = 64,
            },
            read.Programs, strict: true);
        Assert.Equal(["PATH", "TEAM"], read.PassEnvironment);
    }

    [Theory]
    [InlineData(WorkerSettings.AllowLoopback, "yes")]
    [InlineData(WorkerSettings.AllowPrivate, "1")]
    [InlineData(WorkerSettings.AllowNetworks, "10.1.0.0/16,10.1.2.3")]
    [InlineData(WorkerSettings.AllowNetworks, "10.1.2.3/16")]
    [InlineData(WorkerSettings.HttpTimeout, "0s")]
    [InlineData(WorkerSettings.HttpTimeout, "2h")]
    [InlineData(WorkerSettings.HttpBodyLimit, "0")]
    [InlineData(WorkerSettings.HttpBodyLimit, "101MiB")]
    [InlineData(WorkerSettings.PassEnvironment, "PATH,A=B")]
    [InlineData(WorkerSettings.PassEnvironment, "PATH,EXECUTOR__RABBITMQ")]
    [InlineData(WorkerSettings.PassEnvironment, "EXECUTOR_API_KEY")]
    [InlineData(WorkerSettings.AllowNewPrivileges, "maybe")]
    [InlineData(WorkerSettings.LimitMemory, "1023KiB")]
    [InlineData(WorkerSettings.LimitMemory, "2GB")]
    [InlineData(WorkerSettings.LimitMemory, "99999999999TiB")]
    [InlineData(WorkerSettings.LimitMemory, "-1")]
    [InlineData(WorkerSettings.LimitProcessorTime, "500ms")]
    [InlineData(WorkerSettings.LimitProcessorTime, "1.5s")]
    [InlineData(WorkerSettings.LimitFileSize, "1025TiB")]
    [InlineData(WorkerSettings.LimitOpenFiles, "15")]
    [InlineData(WorkerSettings.LimitProcesses, "0")]
    public void A_wrong_value_is_named_with_what_is_expected(string name, string value)
    {
        var error = Assert.Throws<Unusable>(() => Read((name, value)));

        Assert.Equal("settings.value", error.Code);
        Assert.StartsWith($"{name} is '{value}'; expected ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_verb_with_a_worker_inside_has_each_of_them(string name) => Assert.All(
        [HostSettings.Serve, HostSettings.Work, HostSettings.Run],
        known => Assert.Contains(known, setting => setting.Name == name));

    [Fact]
    public void Work_and_serve_hand_them_to_their_worker()
    {
        (string, string)[] open = [(WorkerSettings.AllowLoopback, "true"), (WorkerSettings.LimitOpenFiles, "99")];

        foreach (var options in new[]
        {
            WorkVerb.OptionsOf(HostSettings.Read(HostSettings.Work, Environment(open))),
            ServeOptions.Read(HostSettings.Read(HostSettings.Serve, Environment(open))).Worker,
        })
        {
            Assert.True(options.Http.AllowLoopback);
            Assert.Equal((99, 10), (options.Programs.OpenFiles, options.Parallelism));
        }
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1_023, "1023")]
    [InlineData(1_024, "1KiB")]
    [InlineData(1_536, "1536")]
    [InlineData(10 << 20, "10MiB")]
    [InlineData(1L << 50, "1024TiB")]
    public void A_size_reads_as_it_is_written(long bytes, string text)
    {
        Assert.Equal(text, Sizes.Text(bytes));
        Assert.True(Sizes.TryParse(text, out var read));
        Assert.Equal(bytes, read);
    }

    private static WorkerOptions Read(params (string Name, string Value)[] given) =>
        WorkerSettings.Read(HostSettings.Read(HostSettings.Run, Environment(given)));

    private static Dictionary<string, string> Environment((string Name, string Value)[] given) =>
        given.ToDictionary(pair => pair.Name, pair => pair.Value);
}
