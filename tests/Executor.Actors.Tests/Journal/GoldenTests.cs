using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using Executor.Actors.Journal;
using Executor.Core.Runs;

namespace Executor.Actors.Tests.Journal;

/// <summary>What stands in journals must stay readable, and be written as it always was.</summary>
public sealed class GoldenTests
{
    private static readonly DateTimeOffset Noon = new(2030, 1, 2, 12, 0, 0, TimeSpan.Zero);
    private readonly EntryJson _json = new();

    public static TheoryData<string> Kinds => new(
        typeof(RunEvent).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(RunEvent))).Select(type => type.Name));

    public static TheoryData<string> Files =>
        new(Directory.GetFiles(Folder(), "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Each_event_has_a_name_in_the_journal_and_a_golden_file(string kind)
    {
        var type = typeof(RunEvent).GetNestedType(kind)!;
        var name = EventNames.NameOf(type);

        Assert.NotNull(name);
        Assert.Equal(type, EventNames.TypeOf(name));
        Assert.True(File.Exists(Path.Combine(Folder(), name + ".json")));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Each_event_is_written_as_its_golden_file_says(string kind)
    {
        var sample = Assert.Single(EventSamples.All, happened => happened.GetType().Name == kind);
        var written = Encoding.UTF8.GetString(_json.Write(Entry(sample)));
        var file = Path.Combine(Folder(), EventNames.NameOf(sample.GetType()) + ".json");

        Assert.Equal(File.ReadAllText(file).TrimEnd(), written);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Each_golden_file_is_read_without_loss(string name)
    {
        var golden = File.ReadAllText(Path.Combine(Folder(), name + ".json")).TrimEnd();

        var read = _json.Read(Encoding.UTF8.GetBytes(golden));

        Assert.Equal(golden, Encoding.UTF8.GetString(_json.Write(read)));
    }

    private static JournalEntry Entry(RunEvent happened) =>
        new(ImmutableArray.Create(happened), "node-1", "incarnation-1", Noon);

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "golden");
}
