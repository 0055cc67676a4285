using FlowEngine.Actions;
using FlowEngine.Expressions;

namespace FlowEngine.Tests.Performance;

/// <summary>That expressions do work in proportion to their data, by counted steps: what functions charge for the arguments that they read.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class EvaluationStepTests
{
    private const double TenfoldGrowth = 11;

    // Limits that nothing reaches: they have the run count.
    private static readonly ExpressionLimits Counted = ExpressionLimits.Default with { MaxRunSteps = long.MaxValue - 1 };

    private const string Rows = """ "Rows": { "type": "Select", "inputs": { "from": "@range(0, N)", "select": { "id": "@item()", "name": "@concat('customer number ', string(item()), ' of a town with a long name, in a street with one that is longer still, behind the house of the family that has lived there ever since the town was built')" } } } """;

    [TestCase(""" "Each": { "type": "Foreach", "foreach": "@body('Rows')", "operationOptions": "Sequential", "runAfter": { "Rows": ["Succeeded"] }, "actions": { "Upper": { "type": "Compose", "inputs": "@toUpper(concat(item()['name'], item()['name']))" } } } """, TestName = "Repetitions_evaluate_in_proportion")]
    [TestCase(""" "Half": { "type": "Query", "inputs": { "from": "@body('Rows')", "where": "@contains(item()['name'], '7 of')" }, "runAfter": { "Rows": ["Succeeded"] } } """, TestName = "A_query_evaluates_in_proportion")]
    [TestCase(""" "Text": { "type": "Compose", "inputs": "@string(union(body('Rows'), body('Rows')))", "runAfter": { "Rows": ["Succeeded"] } } """, TestName = "Functions_of_arrays_evaluate_in_proportion")]
    [TestCase(""" "Text": { "type": "Compose", "inputs": "@join(xpath(xml(json(concat('{\"r\":{\"x\":', string(body('Rows')), '}}'))), '//name/text()'), ',')", "runAfter": { "Rows": ["Succeeded"] } } """, TestName = "Documents_are_read_in_proportion")]
    public async Task Steps(string action)
    {
        var (one, ten) = (await StepsOfAsync(action, 100), await StepsOfAsync(action, 1_000));

        Assert.Multiple(() =>
        {
            Assert.That(one, Is.GreaterThanOrEqualTo(100), "something was counted");
            Assert.That(ten, Is.LessThanOrEqualTo(TenfoldGrowth * one), $"{one} steps became {ten}");
        });
    }

    private static async Task<long> StepsOfAsync(string action, int rows)
    {
        var actions = $"{{ {Rows}, {action} }}".Replace("N)", rows.ToString(System.Globalization.CultureInfo.InvariantCulture) + ")", StringComparison.Ordinal);
        var workflow = Workflow.Parse($$"""{ "triggers": { "manual": { "type": "Request", "inputs": {} } }, "actions": {{actions}} }""");
        await using var engine = WorkflowEngine.Create(settings => settings.UseExpressionLimits(Counted));
        var counter = new Counter();
        var run = await engine.RunAsync(workflow, TriggerRequest.Empty, new RunOptions { Observer = counter });
        Assert.That(run.Status, Is.EqualTo(ActionStatus.Succeeded), run.Error?.Message);
        return counter.Steps;
    }

    private sealed class Counter : IRunObserver
    {
        public long Steps { get; private set; }

        public void OnActionCompleted(ActionRecord action) => Steps = action.Execution.Run.Evaluations!.Budget!.Steps; // there is one where the run is limited
    }
}
