using FlowEngine.Actions;
using FlowEngine.Testing;

namespace FlowEngine.Tests.Engine;

/// <summary>Runtime reference, 6.3, and the tutorial's form.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class StaticResultTests
{
    [TestCase("""{ "name": "Http0", "staticResultOptions": "Enabled" }""", 0, ActionStatus.Succeeded, "fixed")]
    [TestCase("""{ "name": "Http0", "staticResultOptions": "Disabled" }""", 1, ActionStatus.Failed, "called")]
    [TestCase("""{ "name": "Http0", "status": "Failed" }""", 0, ActionStatus.Succeeded, "fixed")]
    [TestCase("""{ "name": "cache", "status": "Succeeded" }""", 1, ActionStatus.Succeeded, "called")]
    [TestCase("""{ "name": "cache", "status": "Skipped" }""", 1, ActionStatus.Skipped, "called")]
    public async Task A_result_stands_in_for_the_call_or_the_call_ends_as_it_says(string use, int requests, ActionStatus status, string body)
    {
        var run = await RunAsync(use, """{"status":404,"body":"called"}""");

        Assert.That(run.Requests, Has.Count.EqualTo(requests));
        Assert.That((run.Action("A").Status, run.Action("A").Outputs["body"].AsStringOrNull), Is.EqualTo((status, body)));
    }

    [Test]
    public async Task Without_an_answer_there_are_no_outputs_and_the_status_stands()
    {
        var run = await RunAsync("""{ "name": "cache", "status": "Succeeded" }""", """{"fault":"reset"}""");

        Assert.That((run.Action("A").Status, run.Action("A").HasOutputs, run.Action("A").Error), Is.EqualTo((ActionStatus.Succeeded, false, (ActionError?)null)));
    }

    [Test]
    public void A_result_that_is_not_there_keeps_the_flow_from_running() =>
        Assert.That(() => Workflow.Parse(Definition("""{ "name": "Http1", "staticResultOptions": "Enabled" }""")), Throws.InstanceOf<DefinitionException>().With.Message.Contain("Http1"));

    private static string Definition(string use) =>
        $$"""
        { "staticResults": { "Http0": { "status": "Succeeded", "outputs": { "statusCode": "OK", "body": "fixed" } } }, "triggers": { "m": { "type": "Request" } },
          "actions": { "A": { "type": "Http", "inputs": { "method": "GET", "uri": "https://api.test/", "retryPolicy": { "type": "none" } }, "runtimeConfiguration": { "staticResult": {{use}} } } } }
        """;

    private static async Task<RunResult> RunAsync(string use, string respond)
    {
        using var handler = new MockHttpHandler(MockSet.Parse($$"""[{"respond":{{respond}} }]"""));
        await using var engine = WorkflowEngine.Create();
        return await engine.RunAsync(Workflow.Parse(Definition(use)), TriggerRequest.Empty, new RunOptions { Time = new VirtualTimeProvider(), HttpHandler = handler });
    }
}
