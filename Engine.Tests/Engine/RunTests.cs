using FlowEngine.Actions;
using FlowEngine.Definitions;

namespace FlowEngine.Tests.Engine;

[Parallelizable(ParallelScope.All)]
public sealed class RunTests
{
    [Test]
    public async Task A_failed_predecessor_skips_an_action_that_asks_for_success()
    {
        var run = await Flow.RunAsync("""
            { "First": { "type": "Compose", "inputs": "@int('x')" }, "Then": { "type": "Compose", "inputs": 1, "runAfter": { "First": ["Succeeded"] } } }
            """);

        Assert.That(run.Action("Then").Status, Is.EqualTo(ActionStatus.Skipped));
    }

    [Test]
    public async Task A_loop_shares_variables_and_gathers_the_outputs_of_its_repetitions()
    {
        var run = await Flow.RunAsync("""
            {
              "Init": { "type": "InitializeVariable", "inputs": { "variables": [{ "name": "n", "type": "integer", "value": 0 }] } },
              "Loop": { "type": "Foreach", "foreach": [1, 2, 3], "runAfter": { "Init": ["Succeeded"] }, "actions": {
                "Add": { "type": "IncrementVariable", "inputs": { "name": "n", "value": "@item()" } },
                "Twice": { "type": "Compose", "inputs": "@mul(items('Loop'), 2)", "runAfter": { "Add": ["Succeeded"] } } } },
              "After": { "type": "Compose", "inputs": "@outputs('Twice')", "runAfter": { "Loop": ["Succeeded"] } }
            }
            """);

        Assert.That(run.Variables["n"], Is.EqualTo((FlowValue)6));
        Assert.That(run.Action("After").Outputs, Is.EqualTo(FlowValue.Parse("[2,4,6]")));
    }

    [TestCase(HostProfile.PowerAutomate, "Orders")]
    [TestCase(HostProfile.Consumption, null)]
    public async Task A_flow_of_power_automate_finds_its_own_name(HostProfile host, string? expected)
    {
        await using var engine = WorkflowEngine.Create();
        var workflow = Workflow.Parse(
            """{ "triggers": { "m": { "type": "Request", "inputs": {} } }, "actions": { "Name": { "type": "Compose", "inputs": "@workflow()?['tags']?['flowDisplayName']" } } }""",
            new WorkflowOptions { Host = host },
            "Orders.json");

        var run = await engine.RunAsync(workflow);

        Assert.That(run.Action("Name").Outputs.AsStringOrNull, Is.EqualTo(expected));
    }
}
