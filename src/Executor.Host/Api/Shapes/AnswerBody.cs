using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Executor.Host.Api.Shapes;

internal sealed record AnswerBody
{
    [Description("As the question's response_schema or options say; any value where it has neither.")]
    [JsonRequired]
    public JsonElement Response { get; init; }
}

/// <param name="RunId">The run that goes on with the answer.</param>
internal sealed record AnsweredBody(string InquiryId, string RunId);
