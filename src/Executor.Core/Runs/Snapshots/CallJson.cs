using System.Text.Json;
using Executor.Core.Workflows;

namespace Executor.Core.Runs.Snapshots;

/// <summary>Workflows, and who has called whom.</summary>
internal static class CallJson
{
    public static void WriteWorkflow(StateWriter to, WorkflowSpec workflow)
    {
        to.Json.WriteStartObject();
        to.Text(workflow.Ref, "ref");
        to.Text(workflow.Hash, "hash");
        to.Text(workflow.Source, "source");
        to.Json.WriteEndObject();
    }

    public static WorkflowSpec? ReadWorkflow(
        ref StateReader from, Func<string, string, string, WorkflowSpec> workflows, string name)
    {
        from.Advance(name);
        if (from.Token == JsonTokenType.Null)
        {
            return null;
        }

        from.Require(JsonTokenType.StartObject);
        var workflow = workflows(from.Text("ref"), from.Text("hash"), from.Text("source"));
        from.End(JsonTokenType.EndObject);
        return workflow;
    }

    public static void WriteCalled(StateWriter to, KeyValuePair<string, WorkflowSpec> called)
    {
        to.Json.WriteStartObject();
        to.Text(called.Key, "action");
        to.Part(called.Value, WriteWorkflow, "workflow");
        to.Json.WriteEndObject();
    }

    public static KeyValuePair<string, WorkflowSpec> ReadCalled(
        ref StateReader from, Func<string, string, string, WorkflowSpec> workflows)
    {
        from.Require(JsonTokenType.StartObject);
        var action = from.Text("action");
        var workflow = ReadWorkflow(ref from, workflows, "workflow") ?? throw new JsonException("A workflow is missing.");
        from.End(JsonTokenType.EndObject);
        return KeyValuePair.Create(action, workflow);
    }

    public static void WriteParent(StateWriter to, RunParent parent)
    {
        to.Json.WriteStartObject();
        to.Text(parent.Run.Text, "run");
        to.Slot(parent.Slot, "slot");
        to.Number(parent.Depth, "depth");
        to.Time(parent.CalledAt, "calledAt");
        to.Duration(parent.Timeout ?? TimeSpan.Zero, "timeout");
        to.Text(parent.Root.Text, "root");
        to.Json.WriteEndObject();
    }

    public static RunParent ReadParent(ref StateReader from)
    {
        from.Require(JsonTokenType.StartObject);
        var (run, slot, depth) = (new RunId(from.Text("run")), from.Slot("slot"), from.Number("depth"));
        var (calledAt, timeout) = (from.Time("calledAt"), from.Duration("timeout"));
        var root = new RunId(from.Text("root"));
        from.End(JsonTokenType.EndObject);
        return new RunParent(run, slot, depth, calledAt, timeout == TimeSpan.Zero ? null : timeout, root);
    }
}
