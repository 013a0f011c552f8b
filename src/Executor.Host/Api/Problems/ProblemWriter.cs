using System.Text.Json;
using Executor.Core;
using Executor.Host.Output;

namespace Executor.Host.Api.Problems;

/// <summary>Whatever goes wrong leaves as <c>application/problem+json</c> with a code and the request's id; never a stack trace.</summary>
internal sealed class ProblemWriter(RequestDelegate next, ILogger<ProblemWriter> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null })
            {
                await WriteAsync(context, Bare(context.Response.StatusCode));
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            log.LogDebug("The client of {Path} has gone", context.Request.Path);
        }
        catch (Exception fault) when (!context.Response.HasStarted)
        {
            await WriteAsync(context, ProblemOf(fault));
        }
    }

    public static Task WriteAsync(HttpContext context, ApiProblem problem)
    {
        context.Response.StatusCode = problem.Status;
        context.Response.ContentType = "application/problem+json";
        if (problem.RetryAfter is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return context.Response.WriteAsync(ResultText.Json(json => Write(json, context, problem)));
    }

    private static void Write(Utf8JsonWriter json, HttpContext context, ApiProblem problem)
    {
        json.WriteStartObject();
        json.WriteString("type", $"urn:executor:problem:{problem.Code}");
        json.WriteString("title", ReasonOf(problem.Status));
        json.WriteNumber("status", problem.Status);
        json.WriteString("detail", problem.Message);
        json.WriteString("code", problem.Code);
        json.WriteString("request_id", context.TraceIdentifier);
        json.WriteStartArray("problems");
        foreach (var cause in problem.Spec)
        {
            CheckText.WriteProblem(json, cause);
        }

        foreach (var cause in problem.Causes)
        {
            RunJson.WriteProblem(json, cause);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static ApiProblem Bare(int status) => status switch
    {
        404 => new(status, "api.no-such-route", "There is nothing at this address."),
        405 => new(status, "api.method", "This address does not take that method."),
        415 => new(status, "api.media-type", "The content has a type that this address does not take."),
        _ => new(status, $"api.{status}", ReasonOf(status)),
    };

    private ApiProblem ProblemOf(Exception fault)
    {
        switch (fault)
        {
            case ApiProblem problem:
                return problem;
            case BadHttpRequestException { StatusCode: 413 }:
                return new ApiProblem(413, "api.too-large", "The content is larger than this address takes.");
            case BadHttpRequestException { InnerException: JsonException json }:
                return ApiProblem.BadRequest("api.json", $"The content is not the JSON that was expected: {json.Message}");
            case BadHttpRequestException bad:
                return new ApiProblem(bad.StatusCode, "api.request", bad.Message);
            case StorageException storage:
                log.LogWarning(storage, "The storage cannot be reached");
                return ApiProblem.Unavailable("storage.unavailable", "The storage cannot be reached now.");
            default:
                log.LogError(fault, "A request failed");
                return new ApiProblem(500, "internal", "Something went wrong here; the log has more under the request's id.");
        }
    }

    private static string ReasonOf(int status) =>
        Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status);
}
