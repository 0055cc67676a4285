using FlowEngine.Actions;
using FlowEngine.Expressions;

namespace FlowEngine.Tests.Engine;

/// <summary>Actions that build text, and runs that evaluate often, keep within the limits of their host.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class RunBudgetTests
{
    [Test]
    public async Task A_variable_that_doubles_ends_in_an_error()
    {
        var run = await RunAsync(
            """
            { "Text": { "type": "InitializeVariable", "inputs": { "variables": [ { "name": "t", "type": "string", "value": "0123456789" } ] } },
              "Double": { "type": "Foreach", "foreach": "@range(0, 40)", "runtimeConfiguration": { "concurrency": { "repetitions": 1 } }, "runAfter": { "Text": ["Succeeded"] },
                "actions": { "Append": { "type": "AppendToStringVariable", "inputs": { "name": "t", "value": "@variables('t')" } } } } }
            """,
            new ExpressionLimits { MaxTextLength = 10_000 });

        Assert.That(run.Status, Is.EqualTo(ActionStatus.Failed));
        Assert.That(run.Action("Double").Repetitions[8].Action("Append")!.Value.Status, Is.EqualTo(ActionStatus.Succeeded));
        Assert.That(
            run.Action("Double").Repetitions[9].Action("Append")!.Value.Error!.Message,
            Does.Contain("The action of type 'AppendToStringVariable' cannot be carried out: its text of '10240' characters exceeds the limit of '10000' characters."));
    }

    [TestCase("""{ "type": "Join", "inputs": { "from": "@range(0, 1000)", "joinWith": "0123456789" } }""", "Join")]
    [TestCase("""{ "type": "Table", "inputs": { "from": "@createArray(json('{\"a\":1}'), json('{\"a\":2}'))", "format": "CSV", "columns": [ { "header": "h", "value": "@string(range(0, 700))" } ] } }""", "Table")]
    public async Task Text_of_data_actions_has_the_limit_of_functions(string action, string type)
    {
        var run = await RunAsync($$"""{ "A": {{action}} }""", new ExpressionLimits { MaxTextLength = 5_000 });

        Assert.That(run.Action("A").Error!.Message, Does.Contain($"The action of type '{type}' cannot be carried out"));
    }

    [TestCase(12, ActionStatus.Succeeded)]
    [TestCase(14, ActionStatus.Failed)]
    public async Task Inputs_and_outputs_of_an_action_take_200_MB_together(int count, ActionStatus status)
    {
        // The text is one, and counts wherever it shows.
        var run = await RunAsync(
            $$"""
            { "Text": { "type": "Compose", "inputs": "@replace('xxxxxxxxxxxxxxxx', 'x', '{{new string('y', 500_000)}}')" },
              "List": { "type": "Compose", "inputs": [{{string.Join(',', Enumerable.Repeat("\"@outputs('Text')\"", count))}}], "runAfter": { "Text": ["Succeeded"] } },
              "Handled": { "type": "Compose", "inputs": "@actions('List')?['code']", "runAfter": { "List": ["Succeeded", "Failed"] } } }
            """,
            ExpressionLimits.Default);

        Assert.That(run.Action("List").Status, Is.EqualTo(status));
        if (status == ActionStatus.Succeeded) return;
        Assert.That((run.Action("List").Error!.Code, run.Action("List").HasOutputs, run.Action("Handled").Outputs.AsString), Is.EqualTo(("ActionResultsSizeLimitExceeded", false, "ActionResultsSizeLimitExceeded")));
        Assert.That(run.Action("List").Error!.Message, Does.Contain("exceeded the maximum size '209715200' bytes allowed"));
    }

    [Test]
    public async Task Inputs_alone_that_are_too_large_are_not_kept()
    {
        var run = await RunAsync("""{ "Send": { "type": "Terminate", "inputs": { "runStatus": "Failed", "runError": { "message": "@string(range(0, 1000))" } } } }""", new ExpressionLimits { MaxActionBytes = 1_000 });

        Assert.That((run.Action("Send").Status, run.Action("Send").HasInputs), Is.EqualTo((ActionStatus.Failed, false)));
    }

    [Test]
    public async Task All_evaluations_of_a_run_share_a_budget()
    {
        const string Actions = """
            { "Loop": { "type": "Foreach", "foreach": "@range(0, 100)", "runtimeConfiguration": { "concurrency": { "repetitions": 1 } },
                "actions": { "Text": { "type": "Compose", "inputs": "@concat(string(range(0, 100)), item())" } } } }
            """;

        var bounded = await RunAsync(Actions, new ExpressionLimits { MaxRunBytes = 20_000 });
        var free = await RunAsync(Actions, new ExpressionLimits());

        Assert.That(free.Status, Is.EqualTo(ActionStatus.Succeeded));
        Assert.That(bounded.Action("Loop").Repetitions[0].Action("Text")!.Value.Status, Is.EqualTo(ActionStatus.Succeeded));
        Assert.That(bounded.Action("Loop").Repetitions[99].Action("Text")!.Value.Error!.Message, Does.Contain("exceeds the limit of '20000' bytes of results in one run"));
    }

    private static async Task<RunResult> RunAsync(string actions, ExpressionLimits limits)
    {
        var workflow = Workflow.Parse($$"""
            { "definition": { "$schema": "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#", "contentVersion": "1.0.0.0",
              "triggers": { "manual": { "type": "Request", "kind": "Http", "inputs": {} } }, "actions": {{actions}}, "outputs": {} } }
            """);
        await using var engine = WorkflowEngine.Create(builder => builder.UseExpressionLimits(limits));
        return await engine.RunAsync(workflow);
    }
}
