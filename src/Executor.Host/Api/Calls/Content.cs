using System.Text.Json;
using Executor.Core.Values;
using Executor.Host.Api.Problems;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Executor.Host.Api.Calls;

/// <summary>The content of a call as JSON; whatever is wrong with it is told by the names of its members.</summary>
internal static class Content
{
    private const string Json = "application/json";

    /// <summary>A route that takes content of this shape.</summary>
    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder route)
        where T : class => route.Accepts<T>(Json);

    /// <summary>The same where the content may be left out.</summary>
    public static RouteHandlerBuilder MayTake<T>(this RouteHandlerBuilder route)
        where T : class => route.Accepts<T>(isOptional: true, Json);

    /// <exception cref="ApiProblem">There is none, or it is not what is expected.</exception>
    public static async Task<T> ReadAsync<T>(HttpContext context, CancellationToken stop)
        where T : class => await ReadOrNoneAsync<T>(context, stop)
        ?? throw Wrong($"There is no content; expected an object with: {Members.NamesOf(typeof(T))}.");

    /// <returns>Null when there is none.</returns>
    /// <exception cref="ApiProblem">It is not what is expected.</exception>
    public static async Task<T?> ReadOrNoneAsync<T>(HttpContext context, CancellationToken stop)
        where T : class
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
        {
            return null;
        }

        if (!context.Request.HasJsonContentType())
        {
            throw new ApiProblem(
                StatusCodes.Status415UnsupportedMediaType, "api.media-type",
                $"The content has a type that this address does not take; expected Content-Type: {Json}.");
        }

        var options = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        try
        {
            var content = await context.Request.ReadFromJsonAsync<JsonElement>(options, stop);
            if (content.ValueKind == JsonValueKind.Null)
            {
                return null;
            }

            var mistakes = Members.MistakesOf(content, typeof(T)).ToList();
            return mistakes.Count == 0
                ? content.Deserialize<T>(options)
                : throw Wrong(string.Join(' ', mistakes));
        }
        catch (JsonException wrong)
        {
            throw Wrong($"The content is not JSON: {SentenceOf(wrong)}");
        }
        catch (InvalidOperationException wrong) when (wrong is not ObjectDisposedException)
        {
            throw Wrong("A name or a text of the content holds half a surrogate pair.");
        }
    }

    /// <param name="member">By which it is told what is wrong.</param>
    /// <exception cref="ApiProblem">A number that is out of range, or text that is none.</exception>
    public static Value ValueOf(string member, JsonElement json)
    {
        try
        {
            return ValueJson.Parse(json.GetRawText());
        }
        catch (JsonException wrong)
        {
            throw Wrong($"'{member}' cannot be taken: {wrong.Message}");
        }
    }

    private static ApiProblem Wrong(string detail) => ApiProblem.BadRequest("api.json", detail);

    /// <summary>The reader's own words on the place stand at the end; it is told once, and counted from 1.</summary>
    private static string SentenceOf(JsonException wrong) =>
        $"{wrong.Message.Split(" Path: ")[0].Split(" LineNumber: ")[0]} (line {wrong.LineNumber + 1}, byte {wrong.BytePositionInLine + 1})";
}
