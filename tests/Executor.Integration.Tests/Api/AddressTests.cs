using System.Net.Http.Headers;
using System.Text;
using Executor.Core;
using Microsoft.AspNetCore.Builder;

namespace Executor.Integration.Tests.Api;

/// <summary>Addresses that there are not, and what those that there are do not take.</summary>
public sealed class AddressTests
{
    [Theory]
    [InlineData("DELETE", "/api/v1/runs", "GET, POST")]
    [InlineData("PUT", "/api/v1/runs/0", "GET")]
    [InlineData("GET", "/api/v1/runs/0/cancel", "POST")]
    [InlineData("PATCH", "/api/v1/inquiries/0/answer", "POST")]
    [InlineData("POST", "/health/ready", "GET")]
    public async Task Another_method_is_405_and_told_those_that_there_are_with_keys_and_without(
        string method, string path, string allowed)
    {
        await using var open = await ApiUnderTest.StartAsync();
        await using var locked = await ApiUnderTest.WithKeysAsync();
        using var viewer = locked.ClientWith(await locked.KeyAsync(Role.Viewer));

        foreach (var client in new[] { open.Client, locked.Client, viewer })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            using var response = await client.SendAsync(request);

            Assert.Equal(405, (int)response.StatusCode);
            Assert.Equal(allowed, string.Join(", ", response.Content.Headers.Allow.Order(StringComparer.Ordinal)));
            Assert.Equal("api.method", (string)(await ApiUnderTest.BodyAsync(response))["code"]!);
        }
    }

    [Theory]
    [InlineData("/api/v1/workflows", "application/json")]
    [InlineData("/api/v1/runs", "text/yaml")]
    [InlineData("/api/v1/runs/0/rerun", "application/x-www-form-urlencoded")]
    [InlineData("/api/v1/runs/0/pause", "text/plain")]
    public async Task Another_type_of_content_is_415(string path, string type)
    {
        await using var api = await ApiUnderTest.StartAsync();
        using var content = new StringContent("{}", Encoding.UTF8);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);

        using var response = await api.Client.PostAsync(path, content);

        Assert.Equal(
            (415, "api.media-type"), ((int)response.StatusCode, (string)(await ApiUnderTest.BodyAsync(response))["code"]!));
    }

    [Theory]
    [InlineData("GET", "/api/v1/nothing")]
    [InlineData("DELETE", "/api/v1/nothing")]
    [InlineData("POST", "/")]
    public async Task What_is_no_address_stays_404_whatever_the_method(string method, string path)
    {
        await using var api = await ApiUnderTest.WithKeysAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var response = await api.Client.SendAsync(request);

        Assert.Equal(
            (404, "api.no-such-route"), ((int)response.StatusCode, (string)(await ApiUnderTest.BodyAsync(response))["code"]!));
    }

    [Fact]
    public async Task A_route_that_does_not_say_who_may_use_it_is_shut()
    {
        await using var api = await ApiUnderTest.StartAsync(
            patience: null, app => app.MapGet("/forgotten", () => "open").WithMetadata("something"));

        using var response = await api.Client.GetAsync("/forgotten");

        Assert.Equal(500, (int)response.StatusCode);
    }
}
