using Executor.Storage.Postgres;

namespace Executor.Actors.Tests.Storage.Postgres;

public sealed class WavesTests
{
    [Fact]
    public void No_key_stands_twice_in_a_wave_and_each_wave_is_in_order()
    {
        var waves = Waves.Of(["b1", "a1", "b2", "c1", "a2", "b3"], text => text[..1]);

        Assert.Equal([["a1", "b1", "c1"], ["a2", "b2"], ["b3"]], waves.Select(wave => wave.Items));
        Assert.Equal([[1, 0, 3], [4, 2], [5]], waves.Select(wave => wave.Positions));
    }

    [Fact]
    public void Nothing_makes_no_wave() => Assert.Empty(Waves.Of(Array.Empty<string>(), text => text));
}
