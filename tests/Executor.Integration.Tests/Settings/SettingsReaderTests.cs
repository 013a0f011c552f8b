using Executor.Host;
using Executor.Host.Settings;

namespace Executor.Integration.Tests.Settings;

public sealed class SettingsReaderTests
{
    private static readonly Setting Number = new("EXECUTOR__NUMBER", "A number.", "7");
    private static readonly Setting Secret = new("EXECUTOR__SECRET", "A secret.", IsSecret: true);

    [Fact]
    public void A_setting_that_is_not_given_has_its_default() => Assert.Equal(7, Read().Number("EXECUTOR__NUMBER", 1, 9));

    [Fact]
    public void An_empty_value_is_as_if_it_were_not_given() =>
        Assert.Equal(7, Read(("EXECUTOR__NUMBER", "")).Number("EXECUTOR__NUMBER", 1, 9));

    [Theory]
    [InlineData("0")]
    [InlineData("10")]
    [InlineData("x")]
    [InlineData("-3")]
    [InlineData("2.5")]
    public void A_value_outside_its_range_is_named_with_the_range(string value)
    {
        var error = Assert.Throws<Unusable>(
            () => Read(("EXECUTOR__NUMBER", value)).Number("EXECUTOR__NUMBER", 1, 9));

        Assert.Equal("settings.value", error.Code);
        Assert.Contains($"EXECUTOR__NUMBER is '{value}'; expected a whole number from 1 to 9", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_secret_is_not_repeated()
    {
        var error = Assert.Throws<Unusable>(() => Read(("EXECUTOR__SECRET", "hunter2")).Key("EXECUTOR__SECRET"));

        Assert.DoesNotContain("hunter2", error.Message + error.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_misspelled_setting_stops_the_start_and_the_nearest_is_named()
    {
        var error = Assert.Throws<Unusable>(() => Read(("EXECUTOR__NUMBR", "3")));

        Assert.Equal("settings.unknown", error.Code);
        Assert.Contains("EXECUTOR__NUMBER", error.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_of_other_verbs_may_be_set() => Read(("EXECUTOR__OTHER", "x"));

    [Fact]
    public void What_is_shown_hides_secrets_and_marks_defaults()
    {
        var lines = Read(("EXECUTOR__SECRET", "hunter2")).Lines().ToArray();

        Assert.Equal(["EXECUTOR__NUMBER = 7   # default", "EXECUTOR__SECRET = ********"], lines);
    }

    [Fact]
    public void A_key_is_base64_of_at_least_32_bytes()
    {
        var key = new byte[33];
        key[5] = 9;

        Assert.Equal(key, Read(("EXECUTOR__SECRET", Convert.ToBase64String(key))).Key("EXECUTOR__SECRET"));
        Assert.Throws<Unusable>(() => Read(("EXECUTOR__SECRET", Convert.ToBase64String(new byte[31]))).Key("EXECUTOR__SECRET"));
    }

    private static SettingsReader Read(params (string Name, string Value)[] environment) => new(
        [Number, Secret], [new Setting("EXECUTOR__OTHER", "Other.")],
        environment.ToDictionary(pair => pair.Name, pair => pair.Value));
}
