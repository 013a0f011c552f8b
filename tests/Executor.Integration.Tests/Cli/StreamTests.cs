using Executor.Integration.Tests.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Executor.Integration.Tests.Cli;

/// <summary>A run is followed to its end although the stream of its events does not come through.</summary>
[Trait("lesson", "13.4")]
public sealed class StreamTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public Task A_stream_that_is_held_up_is_not_waited_for() =>
        EndsAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));

    /// <summary>The time of the run counts from its start, however long the stream was tried.</summary>
    [Fact]
    public Task What_is_left_of_the_time_of_a_run_is_not_spent_on_a_stream_that_is_held_up() => EndsAsync(
        context => Task.Delay(Timeout.Infinite, context.RequestAborted), 600, 1, "timeout", "--timeout", "1");

    [Fact]
    public Task A_stream_that_begins_and_says_nothing_is_not_waited_for() => EndsAsync(async context =>
    {
        context.Response.ContentType = "text/event-stream";
        await context.Response.StartAsync();
        await Task.Delay(Timeout.Infinite, context.RequestAborted);
    });

    [Fact]
    public Task A_stream_that_is_refused_for_now_is_done_without() => EndsAsync(context =>
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return Task.CompletedTask;
    });

    /// <param name="seconds">That the run has to do.</param>
    private async Task EndsAsync(
        RequestDelegate stream, int seconds = 1, int exit = 0, string status = "completed", params string[] options)
    {
        await using var server = await ApiUnderTest.StartAsync(patience: null, api => api.Use((context, next) =>
            context.Request.Path.Value!.EndsWith("/events", StringComparison.Ordinal) ? stream(context) : next(context)));
        _scratch.Write("a.yaml", $"tasks: [{{name: a, action: core.sleep, input: {{seconds: {seconds}}}}}]");

        var ended = await _scratch.RunAsync(["run", "a.yaml", "--server", server.Address.ToString(), .. options]);

        Assert.Equal(exit, ended.ExitCode);
        Assert.Contains(status, ended.Output, StringComparison.Ordinal);
    }
}
