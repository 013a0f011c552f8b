using Akka.Configuration;
using Executor.Actors.Configuration;

namespace Executor.Actors.Tests.Configuration;

public sealed class ConfFilesTests
{
    private static readonly Dictionary<string, string> Variables = new() { ["SET"] = "a \"b\" \\c" };

    [Fact]
    public void An_included_file_is_read_and_the_including_one_wins()
    {
        var files = Files(("a.conf", "include \"b.conf\"\nx = 2"), ("b.conf", "x = 1\ny = 1"));

        var config = files.Load("a.conf");

        Assert.Equal((2, 1), (config.GetInt("x"), config.GetInt("y")));
    }

    [Fact]
    public void A_variable_gives_its_value_whatever_stands_in_it() =>
        Assert.Equal("a \"b\" \\c", Files(("a.conf", "x = %{SET:none}")).Load("a.conf").GetString("x"));

    [Fact]
    public void A_variable_that_is_not_set_gives_its_default() =>
        Assert.Equal("8 s", Files(("a.conf", "x = %{UNSET:8 s}")).Load("a.conf").GetString("x"));

    [Fact]
    public void A_variable_without_value_and_default_is_an_error_that_names_it()
    {
        var error = Assert.Throws<ConfigurationException>(() => Files(("a.conf", "x = %{UNSET}")).Load("a.conf"));

        Assert.Contains("UNSET", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_does_not_exist_is_an_error() =>
        Assert.Throws<ConfigurationException>(() => Files(("a.conf", "include \"b.conf\"")).Load("a.conf"));

    [Theory]
    [InlineData("executor.conf")]
    [InlineData("embedded.conf")]
    [InlineData("postgres.conf")]
    [InlineData("cluster.conf")]
    [InlineData("cluster-wan.conf")]
    [InlineData("test.conf")]
    public void Each_shipped_file_can_be_read(string name) =>
        Assert.Equal("off", new ConfFiles(_ => null).Load(name).GetString("akka.persistence.journal.sql.auto-initialize"));

    private static ConfFiles Files(params (string Name, string Text)[] files) => new(
        name => Variables.GetValueOrDefault(name),
        name => files.Where(file => file.Name == name).Select(file => file.Text).FirstOrDefault());
}
