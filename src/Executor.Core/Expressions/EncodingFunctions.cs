using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Executor.Core.Values;

namespace Executor.Core.Expressions;

/// <summary>Values as texts of other formats, and back.</summary>
internal static class EncodingFunctions
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static readonly Function[] All =
    [
        new("to_json", 1, arguments => arguments.Built(Json(arguments, arguments[0]))),
        new("from_json", 1, FromJson),
        new("base64_encode", 1, arguments =>
            arguments.Built(Convert.ToBase64String(Encoding.UTF8.GetBytes(arguments.Text(0))))),
        new("base64_decode", 1, DecodeBase64),
        new("urlencode", 1, UrlEncode),
        new("sha256", 1, arguments =>
            Value.Of(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(arguments.Text(0)))))),
    ];

    private static string Json(Arguments arguments, Value value)
    {
        Bounds.CheckText(value.Weight, arguments.At);
        arguments.Evaluation.Work(value.Weight, arguments.At);
        return value.ToString();
    }

    private static Value FromJson(Arguments arguments)
    {
        try
        {
            return arguments.Built(ValueJson.Parse(arguments.Text(0)));
        }
        catch (JsonException error)
        {
            throw Failure.Type(arguments.PlaceOf(0), $"The text is not JSON: {error.Message}");
        }
    }

    private static Value DecodeBase64(Arguments arguments)
    {
        try
        {
            return Value.Of(Strict.GetString(Convert.FromBase64String(arguments.Text(0))));
        }
        catch (Exception error) when (error is FormatException or DecoderFallbackException)
        {
            throw Failure.Type(arguments.PlaceOf(0), "The text is not base64 of a UTF-8 text.");
        }
    }

    private static Value UrlEncode(Arguments arguments)
    {
        if (arguments[0] is not Value.Map)
        {
            return arguments.Built(Uri.EscapeDataString(arguments.Text(0)));
        }

        var pairs = arguments.Map(0).Select(entry =>
            $"{Uri.EscapeDataString(entry.Key)}={Uri.EscapeDataString(arguments.TextOf(entry.Value))}");
        return arguments.Built(string.Join('&', pairs));
    }
}
