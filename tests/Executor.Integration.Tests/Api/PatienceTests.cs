using System.Net;
using System.Text.Json.Nodes;
using Executor.Core;
using Executor.Host.Api.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;

namespace Executor.Integration.Tests.Api;

/// <summary>A call that waits for what never comes ends, and is seen afterwards.</summary>
public sealed class PatienceTests
{
    [Fact]
    public async Task A_call_that_does_not_end_is_ended()
    {
        await using var api = await ApiUnderTest.StartAsync(
            patience: TimeSpan.FromMilliseconds(200),
            app => app.MapGet("/never", (HttpContext call) => Task.Delay(Timeout.Infinite, call.RequestAborted)).ForAnybody());

        using var answer = await api.Client.GetAsync(new Uri("/never", UriKind.Relative));
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("api.timeout", (string?)problem["code"]);
        Assert.Contains("within 0.2 s", (string?)problem["detail"], StringComparison.Ordinal);
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
    }

    [Fact]
    public async Task Of_the_api_only_streams_may_take_as_long_as_they_like()
    {
        await using var api = await ApiUnderTest.StartAsync();

        var endless = api.Endpoints
            .Where(endpoint => endpoint.Metadata.GetMetadata<DisableRequestTimeoutAttribute>() is not null)
            .Select(endpoint => endpoint.RoutePattern.RawText);

        Assert.Equal(["/api/v1/events", "/api/v1/runs/{id}/events"], endless.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_changing_call_that_nobody_waits_for_any_more_leaves_a_row()
    {
        var rows = new Rows();
        var auditing = new Auditing(rows, TimeProvider.System);
        var context = new DefaultHttpContext();
        context.Request.Method = "POST";
        context.Request.Path = "/api/v1/runs";

        await Assert.ThrowsAsync<OperationCanceledException>(async () => await auditing.AroundAsync(
            EndpointFilterInvocationContext.Create(context), _ => throw new OperationCanceledException()));

        Assert.Equal(("POST /api/v1/runs", "unknown"), rows.Single());
    }

    private sealed class Rows : List<(string Action, string Outcome)>, IAudit
    {
        public Task AppendAsync(AuditRow row, CancellationToken stop)
        {
            Add((row.Action, row.Outcome));
            return Task.CompletedTask;
        }

        public Task<IReadOnlyList<AuditRow>> LatestAsync(int limit, CancellationToken stop) =>
            throw new NotSupportedException("Nobody reads them here.");
    }
}
