using System.Reflection;
using Executor.Actors.Telemetry;
using Executor.Messaging.Telemetry;
using Executor.Worker.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Executor.Host.Telemetry;

/// <summary>What this process measures, and where it goes.</summary>
internal static class Measuring
{
    /// <summary>The variable of OpenTelemetry itself: where it is not set, nothing leaves the process.</summary>
    public const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private static bool IsExported => Environment.GetEnvironmentVariable(Endpoint) is { Length: > 0 };

    /// <param name="instance">Name of this node or worker.</param>
    public static IOpenTelemetryBuilder AddMeasuring(this IOpenTelemetryBuilder builder, string instance) => builder
        .ConfigureResource(resource => Describe(resource, instance))
        .WithMetrics(meters => Export(Add(meters)))
        .WithTracesIfExported();

    /// <summary>For a process without a server: exports, or does nothing at all.</summary>
    /// <returns>To be disposed of at the end: sends what has not been sent.</returns>
    public static IDisposable? Start(string instance) => IsExported
        ? OpenTelemetrySdk.Create(builder => builder.AddMeasuring(instance))
        : null;

    /// <summary>Where nobody gets them, none are made: then nothing listens, and tracing costs nothing.</summary>
    private static IOpenTelemetryBuilder WithTracesIfExported(this IOpenTelemetryBuilder builder) => IsExported
        ? builder.WithTracing(traces => traces.AddAspNetCoreInstrumentation()
            .AddSource(EngineTracing.Name, BrokerTracing.Name, WorkerTracing.Name).AddOtlpExporter())
        : builder;

    private static MeterProviderBuilder Add(MeterProviderBuilder meters) => meters.AddMeter(
        EngineMeter.Name, BrokerMeter.Name, WorkerMeter.Name, "Npgsql", "System.Runtime", "Microsoft.AspNetCore.Hosting");

    private static MeterProviderBuilder Export(MeterProviderBuilder meters) =>
        IsExported ? meters.AddOtlpExporter() : meters;

    private static void Describe(ResourceBuilder resource, string instance) => resource.AddService(
        "executor",
        serviceVersion: typeof(Measuring).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion,
        serviceInstanceId: instance);
}
