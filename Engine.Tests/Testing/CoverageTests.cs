using System.Xml;
using FlowEngine.Expressions;
using FlowEngine.Testing;

namespace FlowEngine.Tests;

/// <summary>Coverage of actions and branches, counted by hand on small flows.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class CoverageTests
{
    private const string Condition = """
        {
          "triggers": { "manual": { "type": "Request", "kind": "Http", "inputs": {} } },
          "actions": {
            "Is_big": {
              "type": "If",
              "expression": { "greater": ["@triggerBody()['n']", 10] },
              "actions": { "Big": { "type": "Compose", "inputs": 1 } }
            },
            "Afterwards": { "type": "Compose", "inputs": 2, "runAfter": { "Is_big": ["Succeeded", "Failed"] } }
          }
        }
        """;

    [Test]
    public async Task A_condition_has_two_sides_also_without_an_else()
    {
        var flow = await CoverAsync(Condition, """{ "n": 11 }""");

        Assert.That(flow.ActionShare, Is.EqualTo(new CoverageShare(3, 3)));
        Assert.That(flow.BranchShare, Is.EqualTo(new CoverageShare(2, 4)), "true of If; Succeeded of runAfter");
        Assert.That(Missed(flow), Is.EqualTo(new[] { "Is_big false", "Afterwards runAfter Is_big: Failed" }));
    }

    [Test]
    public async Task A_status_that_let_an_action_start_is_covered()
    {
        var flow = await CoverAsync(Condition, """{ "n": 1 }""", """{ "n": "no number" }""");

        Assert.That(flow.ActionShare, Is.EqualTo(new CoverageShare(2, 3)), "the action inside the condition never started");
        Assert.That(Missed(flow), Is.EqualTo(new[] { "Is_big true" }));
    }

    [Test]
    public async Task A_switch_has_a_branch_for_each_case_and_one_for_the_default()
    {
        const string Switch = """
            {
              "triggers": { "manual": { "type": "Request", "kind": "Http", "inputs": {} } },
              "actions": {
                "Region": {
                  "type": "Switch",
                  "expression": "@triggerBody()['region']",
                  "cases": {
                    "A": { "case": "EU", "actions": { "Europe": { "type": "Compose", "inputs": 1 } } },
                    "B": { "case": "US", "actions": { "America": { "type": "Compose", "inputs": 1 } } }
                  }
                }
              }
            }
            """;

        var flow = await CoverAsync(Switch, """{ "region": "EU" }""", """{ "region": "XX" }""");

        Assert.That(flow.BranchShare, Is.EqualTo(new CoverageShare(2, 3)));
        Assert.That(Missed(flow), Is.EqualTo(new[] { "Region case US" }));
        Assert.That(flow.ActionShare, Is.EqualTo(new CoverageShare(2, 3)));
    }

    [TestCase("[]", "no item")]
    [TestCase("[1]", "one item")]
    [TestCase("[1, 2]", "several items")]
    public async Task A_loop_has_a_branch_for_no_one_and_several_items(string items, string taken)
    {
        var flow = await CoverAsync(
            """
            {
              "triggers": { "manual": { "type": "Request", "kind": "Http", "inputs": {} } },
              "actions": { "Each": { "type": "Foreach", "foreach": "@triggerBody()", "actions": { "Item": { "type": "Compose", "inputs": "@item()" } } } }
            }
            """,
            items);

        Assert.That(flow.Actions[0].Branches.Where(branch => branch.IsCovered).Select(branch => branch.Name), Is.EqualTo(new[] { taken }));
    }

    [TestCase(2, "condition")]
    [TestCase(9, "limit")]
    public async Task An_until_ends_by_its_condition_or_by_its_limit(int wanted, string taken)
    {
        var flow = await CoverAsync(
            """
            {
              "triggers": { "manual": { "type": "Request", "kind": "Http", "inputs": {} } },
              "actions": {
                "N": { "type": "InitializeVariable", "inputs": { "variables": [{ "name": "n", "type": "Integer", "value": 0 }] } },
                "Until": {
                  "type": "Until",
                  "expression": "@equals(variables('n'), triggerBody())",
                  "limit": { "count": 2, "timeout": "PT1H" },
                  "actions": { "Next": { "type": "IncrementVariable", "inputs": { "name": "n", "value": 1 } } },
                  "runAfter": { "N": ["Succeeded"] }
                }
              }
            }
            """,
            wanted.ToString(System.Globalization.CultureInfo.InvariantCulture));

        Assert.That(flow.Actions[1].Branches.Where(branch => branch.IsCovered).Select(branch => branch.Name), Is.EqualTo(new[] { taken }));
    }

    [Test]
    public async Task Cobertura_has_a_line_an_action_and_the_counts_on_its_root()
    {
        var collector = new CoverageCollector();
        await FlowTest.Parse(Condition).WithTriggerBody("""{ "n": 1 }""").WithCoverage(collector).RunAsync();
        var text = new StringWriter();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true })) new CoverageReport(collector, ".").WriteCobertura(xml);

        var root = SafeXml.Load(text.ToString()).DocumentElement!;
        Assert.That(
            new[] { "lines-valid", "lines-covered", "branches-valid", "branches-covered", "line-rate", "branch-rate" }.Select(root.GetAttribute),
            Is.EqualTo(new[] { "3", "2", "4", "2", "0.6667", "0.5" }));
        var lines = root.GetElementsByTagName("line").Cast<XmlElement>().ToList();
        Assert.That(lines.Select(line => $"{line.GetAttribute("number")}: {line.GetAttribute("hits")}"), Is.EqualTo(new[] { "4: 1", "7: 0", "9: 1" }));
        Assert.That(lines[0].GetAttribute("condition-coverage"), Is.EqualTo("50% (1/2)"));
    }

    [Test]
    public async Task Lcov_counts_lines_and_branches()
    {
        var collector = new CoverageCollector();
        await FlowTest.Parse(Condition).WithTriggerBody("""{ "n": 1 }""").WithCoverage(collector).RunAsync();

        var lines = new CoverageReport(collector, Directory.GetCurrentDirectory()).ToLcov().Split('\n');
        Assert.That(lines, Is.SupersetOf(new[] { "SF:workflow.json", "DA:7,0", "BRDA:4,0,0,0", "BRDA:4,0,1,1", "BRF:4", "BRH:2", "LF:3", "LH:2" }));
    }

    [Test]
    public async Task The_command_writes_four_reports_and_fails_below_the_minimum()
    {
        using var shell = new Shell();
        shell.File("flow.json", Condition);
        var test = shell.File("a.flowtest.json", """{ "flow": "flow.json", "tests": [{ "name": "small", "trigger": { "body": { "n": 1 } } }] }""");

        var enough = await shell.CallAsync("test", test, "--min-coverage", "66", "--coverage-output", shell.Path("out"));
        var less = await shell.CallAsync("test", test, "--min-coverage", "66.7");

        Assert.That(enough.Exit, Is.Zero, enough.Error);
        Assert.That(Directory.EnumerateFiles(shell.Path("out")).Select(Path.GetFileName), Is.EquivalentTo(new[] { "cobertura.xml", "coverage.json", "lcov.info", "index.html" }));
        Assert.That(File.ReadAllText(Path.Combine(shell.Path("out"), "index.html")), Does.Contain("class=\"action none\" id=\"f0-Big\"><b>Big</b>").And.Contain("class=\"action part\" id=\"f0-Is_big\"><b>Is_big</b>"));
        Assert.That(less.Exit, Is.EqualTo(4));
        Assert.That(less.Out, Does.Contain("2 of 3 actions (66.6 %)").And.Contain("Big never started"));
    }

    private static async Task<FlowCoverage> CoverAsync(string flow, params string[] bodies)
    {
        var collector = new CoverageCollector();
        foreach (var body in bodies) await FlowTest.Parse(flow).WithTriggerBody(body).WithCoverage(collector).RunAsync();
        return collector.Flows.Single();
    }

    private static IEnumerable<string> Missed(FlowCoverage flow) =>
        flow.Actions.SelectMany(action => action.Branches.Where(branch => !branch.IsCovered).Select(branch => $"{action.Name} {branch.Name}"));
}
