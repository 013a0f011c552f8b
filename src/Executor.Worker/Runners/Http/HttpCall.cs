using System.Net.Http.Headers;
using System.Text;
using Executor.Core.Values;
using Executor.Worker.Actions;

namespace Executor.Worker.Runners.Http;

/// <summary>One request, from the input or from a redirect.</summary>
internal sealed record HttpCall(HttpMethod Method, Uri Url, Value.Map Headers, byte[]? Body, string? ContentType)
{
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    // They decide where a message begins, ends and goes; that is the client's part.
    private static readonly string[] OwnHeaders =
    [
        "Host", "Content-Length", "Transfer-Encoding", "Connection", "Upgrade", "Proxy-Authorization", "Expect",
    ];

    private static readonly string[] Credentials = ["Authorization", "Cookie", "Proxy-Authorization"];

    public static HttpCall From(ActionInput input)
    {
        var method = (input.Text("method") ?? "GET").ToUpperInvariant();
        if (!Methods.Contains(method))
        {
            throw new ActionInputException("input.enum", $"'method' must be one of {string.Join(", ", Methods)}.");
        }

        var url = WithQuery(UrlOf(input.RequiredText("url")), input.Object("query"));
        var (body, type) = BodyOf(input);
        return new HttpCall(new HttpMethod(method), url, input.Object("headers") ?? Value.Map.Empty, body, type);
    }

    public HttpRequestMessage Message()
    {
        var message = new HttpRequestMessage(Method, Url);
        if (Body is not null)
        {
            message.Content = new ByteArrayContent(Body);
            message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(ContentType!);
        }

        foreach (var (name, value) in Headers)
        {
            Add(message, name, value is Value.Text text ? text.Content : value.ToString());
        }

        return message;
    }

    /// <summary>The call that a redirect asks for.</summary>
    /// <exception cref="AddressRefusedException">It leads from https to something less, or away from http.</exception>
    public HttpCall Follow(Uri location, int status)
    {
        var target = new Uri(Url, location);
        if (target.Scheme is not ("http" or "https") || (Url.Scheme == "https" && target.Scheme != "https"))
        {
            throw new AddressRefusedException($"A redirect from {Url.Scheme} to {target.Scheme} is not followed.");
        }

        var sameHost = target.Scheme == Url.Scheme && target.Authority == Url.Authority;
        var headers = sameHost ? Headers : Value.Map.From(Headers.Where(header =>
            !Credentials.Contains(header.Key, StringComparer.OrdinalIgnoreCase)));
        var again = status is 307 or 308 || Method == HttpMethod.Get || Method == HttpMethod.Head;
        return again
            ? this with { Url = target, Headers = headers }
            : new HttpCall(HttpMethod.Get, target, headers, null, null);
    }

    private static Uri UrlOf(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            throw new ActionInputException(
                "input.pattern", $"'url' must begin with http:// or https://, not '{text}'.");
        }

        return url.UserInfo.Length == 0 ? url : throw new ActionInputException(
            "input.pattern", "'url' must not hold a password; send an Authorization header.");
    }

    private static Uri WithQuery(Uri url, Value.Map? query)
    {
        var pairs =
            from entry in query ?? Value.Map.Empty
            from value in entry.Value is Value.List list ? list.Items : [entry.Value]
            let text = value is Value.Text plain ? plain.Content : value.IsNull ? "" : value.ToString()
            select $"{Uri.EscapeDataString(entry.Key)}={Uri.EscapeDataString(text)}";
        var added = string.Join('&', pairs);
        return added.Length == 0
            ? url
            : new UriBuilder(url) { Query = url.Query.Length > 1 ? $"{url.Query[1..]}&{added}" : added }.Uri;
    }

    private static (byte[]? Body, string? Type) BodyOf(ActionInput input)
    {
        if (input.Map.TryGet("json", out var json))
        {
            return input.Has("body")
                ? throw new ActionInputException("input.shape", "Give either 'body' or 'json'.")
                : (Encoding.UTF8.GetBytes(ValueJson.Write(json)), "application/json");
        }

        return input.Text("body") is { } text
            ? (Encoding.UTF8.GetBytes(text), "text/plain; charset=utf-8")
            : (null, null);
    }

    private static void Add(HttpRequestMessage message, string name, string value)
    {
        if (OwnHeaders.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            throw new ActionInputException("input.pattern", $"The header '{name}' is not for you to set.");
        }

        try
        {
            if (message.Content is { } content && name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase))
            {
                content.Headers.Remove(name);
                content.Headers.Add(name, value);
            }
            else
            {
                message.Headers.Add(name, value);
            }
        }
        catch (Exception wrong) when (wrong is FormatException or InvalidOperationException)
        {
            throw new ActionInputException("input.pattern", $"The header '{name}' cannot be sent: {wrong.Message}");
        }
    }
}
