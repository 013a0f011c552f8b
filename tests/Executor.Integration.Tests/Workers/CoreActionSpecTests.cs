using Executor.Core.Values;
using Executor.Worker;
using Executor.Worker.Runners;

namespace Executor.Integration.Tests.Workers;

/// <summary>What is said of the core actions is what they do.</summary>
public sealed class CoreActionSpecTests
{
    public static TheoryData<string> Names => [.. CoreActionSpecs.Known.Names];

    [Fact]
    public void Every_core_action_is_described() => Assert.Equal(
        CoreActions.All(new WorkerOptions()).Select(action => action.Key).Order(StringComparer.Ordinal),
        CoreActionSpecs.Known.Names);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task An_action_knows_the_inputs_of_its_schema_and_refuses_others_as_the_schema_does(string name)
    {
        Assert.True(CoreActionSpecs.Known.TryFind(name, out var spec));
        var known = Value.Map.From(spec.Inputs.Parameters
            .Select(parameter => KeyValuePair.Create(parameter.Name, Value.Null)));
        var input = name == "core.sleep" ? known.With("seconds", Value.Of(0)) : known;

        Assert.NotEqual("input.unknown", (await Running.OnceAsync(name, input.ToString())).Code);

        var unknown = input.With("zzz", Value.Of(1));
        Assert.Equal(!spec.Inputs.Open, spec.Check(unknown).Any(problem => problem.Code == "input.unknown"));
        Assert.Equal(!spec.Inputs.Open, (await Running.OnceAsync(name, unknown.ToString())).Code == "input.unknown");
    }

    [Theory]
    [InlineData("core.shell", "{}", "input.missing")]
    [InlineData("core.shell", """{"args": "ls"}""", "input.type")]
    [InlineData("core.shell", """{"args": ["ls"], "output_format": "xml"}""", "input.enum")]
    [InlineData("core.http_request", "{}", "input.missing")]
    [InlineData("core.sleep", """{"seconds": "1"}""", "input.type")]
    [InlineData("core.sleep", """{"seconds": -1}""", "input.range")]
    [InlineData("core.sleep", """{"seconds": 100000}""", "input.range")]
    public async Task Schema_and_action_refuse_alike(string name, string json, string code)
    {
        Assert.True(CoreActionSpecs.Known.TryFind(name, out var spec));

        Assert.Equal([code], spec.Check(Running.Input(json)).Select(problem => problem.Code));
        Assert.Equal(code, (await Running.OnceAsync(name, json)).Code);
    }

    [Theory]
    [InlineData("core.shell", """{"args": ["echo", 5, true], "cwd": "/", "env": {"A": 1}, "stdin": [1]}""")]
    [InlineData("core.shell", """{"cmd": "true", "shell": true, "args": null}""")]
    [InlineData("core.sleep", """{"seconds": 0.001}""")]
    [InlineData("core.echo", """{"anything": [1]}""")]
    public async Task Schema_and_action_accept_alike(string name, string json)
    {
        Assert.True(CoreActionSpecs.Known.TryFind(name, out var spec));

        Assert.Empty(spec.Check(Running.Input(json)));
        Assert.Null((await Running.OnceAsync(name, json)).Code);
    }
}
