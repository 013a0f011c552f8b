using System.Globalization;
using System.Text;
using Executor.Core.Rehearsing;
using Executor.Core.Runs;

namespace Executor.Host.Output;

/// <summary>What an exploration found, for people and for programs.</summary>
internal static class ExplorationText
{
    public static string Json(ExplorationReport report) => ResultText.Json(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("trials", report.Trials);
        json.WriteNumber("seed", report.Seed);
        json.WriteStartObject("endings");
        foreach (var (status, times) in report.Endings)
        {
            json.WriteNumber(StatusWords.Of(status), times);
        }

        json.WriteEndObject();
        json.WriteStartArray("findings");
        foreach (var finding in report.Findings)
        {
            json.WriteStartObject();
            json.WriteNumber("seed", finding.Seed);
            json.WriteNumber("times", finding.Times);
            RunJson.WriteNames(json, "unexpected", finding.Sentences);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        RunJson.WriteNames(json, "never_asked", report.NeverAsked);
        json.WriteEndObject();
    });

    public static string ForPeople(ExplorationReport report)
    {
        var text = new StringBuilder();
        foreach (var finding in report.Findings)
        {
            text.Append(CultureInfo.InvariantCulture, $"seed {finding.Seed}, {finding.Times} of {report.Trials} trials:\n");
            foreach (var sentence in finding.Sentences)
            {
                text.Append("  ").Append(SafeText.OneLine(sentence)).Append('\n');
            }
        }

        foreach (var part in report.NeverAsked)
        {
            text.Append("scripted but never asked for: ").Append(SafeText.OneLine(part)).Append('\n');
        }

        var endings = string.Join(", ", report.Endings.Select(ending => $"{ending.Value} {StatusWords.Of(ending.Key)}"));
        return text.Append(CultureInfo.InvariantCulture, $"explored {report.Trials} trials from seed {report.Seed}: {endings}\n")
            .Append(report.Findings.IsEmpty ? "nothing unexpected\n" : "").ToString();
    }
}
