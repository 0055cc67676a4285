namespace FlowEngine.Tests.Engine;

/// <summary>Runs small definitions given as their actions.</summary>
internal static class Flow
{
    public static Workflow Of(string actionsJson, string triggerJson = """{ "manual": { "type": "Request", "kind": "Http", "inputs": {} } }""") =>
        Workflow.Parse($$"""{ "triggers": {{triggerJson}}, "actions": {{actionsJson}} }""");

    public static async Task<RunResult> RunAsync(string actionsJson, FlowValue body = default, RunOptions? options = null)
    {
        await using var engine = WorkflowEngine.Create();
        return await engine.RunAsync(
            Of(actionsJson),
            body.IsNull ? TriggerRequest.Empty : TriggerRequest.WithBody(body),
            options ?? new RunOptions { Time = new VirtualTimeProvider(), Seed = 1 });
    }
}
