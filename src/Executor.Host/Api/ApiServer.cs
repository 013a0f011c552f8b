using System.Text.Json;
using System.Text.Json.Serialization;
using Executor.Core;
using Executor.Host.Api.Access;
using Executor.Host.Api.Calls;
using Executor.Host.Api.Problems;
using Executor.Host.Api.Routes;
using Executor.Host.Logs;
using Executor.Host.Serving;
using Executor.Host.Telemetry;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Executor.Host.Api;

/// <summary>The HTTP API of one node.</summary>
internal static class ApiServer
{
    private const int MostBody = 1_100_000;

    /// <param name="patience">The longest that a call may take; null: <see cref="Patience.Longest"/>.</param>
    public static WebApplication Build(Server server, ServeOptions options, TimeSpan? patience = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "executor" });
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().UseUrls(options.Listen.ToString())
            .ConfigureKestrel(kestrel => Limit(kestrel, options));
        // As everything that is said: on standard error.
        builder.Logging.AddOutput(options.LogLevel);
        builder.Services.AddPatience(patience ?? Patience.Longest);
        Register(builder.Services, server, options);
        var app = builder.Build();
        app.UseMiddleware<ProblemWriter>();
        app.UseRouting();
        app.Use(AddHeaders);
        app.Use(next => new Door(
            next, app.Services.GetService<KeyRing>(), app.Services.GetRequiredService<Auditing>()).InvokeAsync);
        app.UseRequestTimeouts();
        app.UseRateLimiter();
        app.Use(next => new QueryCheck(next, app.Services.GetRequiredService<Auditing>()).InvokeAsync);
        Map(app);
        return app;
    }

    private static void Limit(KestrelServerOptions kestrel, ServeOptions options)
    {
        if (options.ApiCertificate is { } file)
        {
            kestrel.ConfigureHttpsDefaults(https => https.Use(file, options.ApiCertificatePassword));
        }

        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MostBody;
        kestrel.Limits.MaxRequestHeaderCount = 100;
        kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(30);
    }

    private static void Register(IServiceCollection services, Server server, ServeOptions options)
    {
        services.Configure<RouteHandlerOptions>(handlers => handlers.ThrowOnBadRequest = true);
        services.AddOpenTelemetry().AddMeasuring(options.Node).WithMetrics(meters => meters.AddPrometheusExporter());
        services.AddRoutingCore().AddLimits().AddOpenApi("v1");
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            json.SerializerOptions.Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
            json.SerializerOptions.MaxDepth = 64;
        });
        services.AddSingleton(TimeProvider.System)
            .AddSingleton(server.Engine)
            .AddSingleton(server.Stores)
            .AddSingleton(server.Stores.Audit)
            .AddSingleton(new IdempotencyKeys(server.Secret))
            .AddSingleton(new Readiness(server.Engine, server.Stores.Executions, server.Broker))
            .AddSingleton(provider => new JournalFeed(
                server.Stores.Journal, provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<Auditing>()
            .AddSingleton<RunStarts>();
        if (options.Authentication == ApiAuthentication.Keys)
        {
            services.AddSingleton(provider => new KeyRing(server.Stores.Keys, provider.GetRequiredService<TimeProvider>()));
        }
    }

    private static void Map(WebApplication app)
    {
        var api = app.MapGroup("/api/v1");
        WorkflowRoutes.Map(api);
        RunRoutes.Map(api);
        HistoryRoutes.Map(api);
        ExplanationRoutes.Map(api);
        EventRoutes.Map(api);
        InquiryRoutes.Map(api);
        ClusterRoutes.Map(api);
        HealthRoutes.Map(app);
        // No part of the API: its shape is Prometheus's, and what asks for it is no client of ours.
        app.MapPrometheusScrapingEndpoint("/metrics").Shows(Role.Viewer);
        app.MapOpenApi("/api/{documentName}/openapi.json").ForAnybody();
    }

    private static Task AddHeaders(HttpContext context, RequestDelegate next)
    {
        // Whatever becomes of the answer: one that comes too late begins anew, without what was said before.
        context.Response.OnStarting(() =>
        {
            context.Response.Headers.XContentTypeOptions = "nosniff";
            context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
            context.Response.Headers.CacheControl = "no-store";
            return Task.CompletedTask;
        });
        return next(context);
    }
}
