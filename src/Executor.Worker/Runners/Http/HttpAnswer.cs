using System.Text;
using System.Text.Json;
using Executor.Core.Values;
using Executor.Worker.Actions;

namespace Executor.Worker.Runners.Http;

/// <summary>
/// The result of a call: {status_code, url, duration_ms, succeeded, headers, body or body_base64, json?}.
/// </summary>
internal static class HttpAnswer
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public static ActionResult Of(HttpResponseMessage response, byte[] body, Uri url, TimeSpan duration)
    {
        var status = (int)response.StatusCode;
        var succeeded = status is >= 200 and < 300;
        var entries = new List<KeyValuePair<string, Value>>
        {
            new("status_code", Value.Of(status)),
            new("url", Value.Of(url.AbsoluteUri)),
            new("duration_ms", Value.Of((long)duration.TotalMilliseconds)),
            new("succeeded", Value.Of(succeeded)),
            new("headers", HeadersOf(response)),
        };
        var text = TextOf(response, body);
        entries.Add(text is null
            ? new("body_base64", Value.Of(Convert.ToBase64String(body)))
            : new("body", Value.Of(text)));
        if (text is not null && IsJson(response) && Json(text) is { } json)
        {
            entries.Add(new("json", json));
        }

        var result = Value.Map.From(entries);
        return succeeded
            ? ActionResult.Success(result)
            : ActionResult.Failure(
                $"{url.GetLeftPart(UriPartial.Path)} answered {status} {response.ReasonPhrase}".TrimEnd(),
                "http.status",
                result);
    }

    private static Value.Map HeadersOf(HttpResponseMessage response) => Value.Map.From(
        response.Headers.Concat(response.Content.Headers).Select(header => KeyValuePair.Create(
            header.Key.ToLowerInvariant(), Value.Of(string.Join(", ", header.Value)))));

    private static bool IsJson(HttpResponseMessage response) =>
        response.Content.Headers.ContentType?.MediaType is { } type
        && (type.EndsWith("/json", StringComparison.OrdinalIgnoreCase)
            || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase));

    private static string? TextOf(HttpResponseMessage response, byte[] body)
    {
        try
        {
            var named = response.Content.Headers.ContentType?.CharSet?.Trim('"');
            var encoding = "iso-8859-1".Equals(named, StringComparison.OrdinalIgnoreCase) ? Encoding.Latin1 : Strict;
            var text = encoding.GetString(body);
            return text.Contains('\0') ? null : text;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static Value? Json(string text)
    {
        try
        {
            return ValueJson.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
