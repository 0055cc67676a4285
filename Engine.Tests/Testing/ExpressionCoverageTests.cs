using System.Xml.Linq;
using FlowEngine.Testing;

namespace FlowEngine.Tests;

/// <summary>Ways through expressions, counted by hand on a small flow.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class ExpressionCoverageTests
{
    // if: 2 ways. and: 2 (stops at the first, goes on to the second). or: 3. coalesce: 2. The condition object's and: 2. Eleven in all.
    private const string Choices = """
        {
          "triggers": { "manual": { "type": "Request", "inputs": {} } },
          "actions": {
            "Choose": { "type": "Compose", "inputs": "@if(equals(triggerBody()?['n'], 1), 'one', 'other')" },
            "Both": { "type": "Compose", "inputs": "@and(triggerBody()?['a'], triggerBody()?['b'])" },
            "Any": { "type": "Compose", "inputs": "x@{or(triggerBody()?['a'], triggerBody()?['b'], true)}" },
            "First": { "type": "Compose", "inputs": { "value": "@coalesce(triggerBody()?['name'], 'nobody')" } },
            "Test": { "type": "If", "expression": { "and": [ "@triggerBody()?['a']", { "equals": [ "@triggerBody()?['n']", 1 ] } ] }, "actions": {} },
            "Never": { "type": "Compose", "inputs": "@if(true, 'folded', 'away')" }
          }
        }
        """;

    private static async Task<FlowCoverage> CoverAsync(params string[] bodies)
    {
        var coverage = new CoverageCollector();
        var workflow = Workflow.Parse(Choices);
        await Task.WhenAll(bodies.Select(body => FlowTest.Of(workflow).WithTriggerBody(body).WithCoverage(coverage).RunAsync()));
        return coverage.Flows.Single();
    }

    private static IEnumerable<string> Missed(FlowCoverage flow) =>
        flow.Expressions.SelectMany(call => call.Ways.Where(way => !way.IsCovered).Select(way => $"{call.Action} {call.Function}: {way.Name}"));

    [Test]
    public async Task One_run_takes_one_way_through_each()
    {
        var flow = await CoverAsync("""{ "n": 1, "a": true, "b": false, "name": "Ada" }""");

        Assert.That(flow.ExpressionShare, Is.EqualTo(new CoverageShare(5, 11)));
        Assert.That(Missed(flow), Is.EqualTo(new[]
        {
            "Choose if: false", "Both and: up to argument 1", "Any or: up to argument 2", "Any or: up to argument 3", "First coalesce: up to argument 2", "Test and: up to argument 1",
        }));
    }

    [Test]
    public async Task Runs_add_up()
    {
        var flow = await CoverAsync("""{ "n": 1, "a": true, "b": false, "name": "Ada" }""", """{ "n": 2, "a": false, "b": false }""", """{ "n": 2, "a": false, "b": true }""");

        Assert.That(flow.ExpressionShare, Is.EqualTo(new CoverageShare(11, 11)));
        Assert.That(flow.Expressions.Single(call => call.Function == "if").Ways.Select(way => way.Hits), Is.EqualTo(new[] { 1, 2 }));
        Assert.That(flow.Expressions.Single(call => call.Function == "or").Ways.Select(way => way.Hits), Is.EqualTo(new[] { 1, 1, 1 }));
    }

    [Test]
    public async Task Each_has_its_text_and_its_place()
    {
        var call = (await CoverAsync("{}")).Expressions[0];

        Assert.That((call.Text, call.Action, call.Line, call.Column), Is.EqualTo(("if(equals(triggerBody()?['n'], 1), 'one', 'other')", "Choose", 4, 48)));
    }

    [Test]
    public async Task Reports_tell_of_them()
    {
        var coverage = new CoverageCollector();
        await FlowTest.Of(Workflow.Parse(Choices)).WithTriggerBody("""{ "n": 1, "a": true, "b": false, "name": "Ada" }""").WithCoverage(coverage).RunAsync();
        using var shell = new Shell();
        var report = new CoverageReport(coverage, Directory.GetCurrentDirectory());
        report.Write(shell.Path("coverage"));

        Assert.That(report.ToText(), Does.Contain("5 of 11 expression branches (45.4 %)").And.Contain("line 4: if(equals(triggerBody()?['n'], 1), 'one', 'other') never went false"));
        Assert.That(report.ToJson()["expressions"].ToJson(), Does.StartWith("""{"covered":5,"total":11"""));
        Assert.That(report.ToJson()["flows"][0]["calls"][0]["ways"].ToJson(), Is.EqualTo("""[{"name":"true","hits":1},{"name":"false","hits":0}]"""));
        var conditions = XDocument.Load(shell.Path("coverage/cobertura.xml")).Descendants("condition").ToList();
        Assert.That(conditions.Select(condition => $"{condition.Attribute("type")!.Value} {condition.Attribute("coverage")!.Value}"), Is.EqualTo(new[] { "if 50%", "and 50%", "or 33%", "coalesce 50%", "and 50%" }));
        Assert.That(File.ReadAllText(shell.Path("coverage/index.html")), Does.Contain("5 of 11 expression branches").And.Contain("up to argument 2 0×"));
    }

    [Test]
    public async Task A_run_without_coverage_gives_the_same_values()
    {
        var workflow = Workflow.Parse(Choices);
        var plain = await FlowTest.Of(workflow).WithTriggerBody("""{ "n": 2, "a": false, "b": true }""").RunAsync();
        var watched = await FlowTest.Of(workflow).WithTriggerBody("""{ "n": 2, "a": false, "b": true }""").WithCoverage(new CoverageCollector()).RunAsync();

        foreach (var action in new[] { "Choose", "Both", "Any", "First", "Never" }) Assert.That(watched[action].Outputs, Is.EqualTo(plain[action].Outputs));
    }
}
