using Executor.Host.Output;

namespace Executor.Integration.Tests.Cli;

public sealed class SafeTextTests
{
    [Theory]
    [InlineData("plain, ünïcode, 日本, 😀", "plain, ünïcode, 日本, 😀")]
    [InlineData("\u001b[31mred\u001b[0m", "\\u001b[31mred\\u001b[0m")]
    [InlineData("bell\a back\b nul\0 del\u007f", "bell\\u0007 back\\u0008 nul\\u0000 del\\u007f")]
    [InlineData("\u009b31m", "\\u009b31m")]
    [InlineData("left\u202eright \u2066x\u2069 \u200f", "left\\u202eright \\u2066x\\u2069 \\u200f")]
    [InlineData("a\nb\tc\rd", "a\\nb\\tc\\rd")]
    [InlineData("\u2028", "\\u2028")]
    public void Characters_that_steer_a_terminal_are_shown_not_sent(string text, string safe) =>
        Assert.Equal(safe, SafeText.OneLine(text));

    [Fact]
    public void Half_a_surrogate_pair_is_shown_as_its_escape()
    {
        var broken = new string(['a', '\ud83d', 'b', '\ude00']);

        Assert.Equal("a\\ud83db\\ude00", SafeText.OneLine(broken));
    }

    [Fact]
    public void Line_ends_stay_where_lines_are_meant() =>
        Assert.Equal("a\nb\tc\\r\\u001b", SafeText.Lines("a\nb\tc\r\u001b"));

    [Fact]
    public void What_is_too_long_is_cut_with_an_ellipsis()
    {
        Assert.Equal("abcd…", SafeText.Short("abcdefgh", 5));
        Assert.Equal("abcde", SafeText.Short("abcde", 5));
        Assert.Equal("\\u00…", SafeText.Short("\u001b\u001b\u001b", 5));
    }
}
