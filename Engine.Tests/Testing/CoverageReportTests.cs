using System.Xml;
using FlowEngine.Expressions;
using FlowEngine.Testing;

namespace FlowEngine.Tests;

/// <summary>The four reports of one small flow, every figure counted by hand.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class CoverageReportTests : IDisposable
{
    // Two tests, with 11 and with 3. Big (line 4) takes each side once. No (8) starts once and its if goes to 'few'. End (10) starts twice,
    // always behind Succeeded; its coalesce stops once at each argument.
    private const string Flow = """
        {
          "triggers": { "manual": { "type": "Request", "inputs": {} } },
          "actions": {
            "Big": {
              "type": "If",
              "expression": "@greater(triggerBody(), 10)",
              "actions": { "Yes": { "type": "Compose", "inputs": 1 } },
              "else": { "actions": { "No": { "type": "Compose", "inputs": "@if(equals(triggerBody(), 0), 'none', 'few')" } } }
            },
            "End": { "type": "Compose", "inputs": "@coalesce(outputs('Yes'), 'no')", "runAfter": { "Big": [ "Succeeded", "Failed" ] } }
          }
        }
        """;

    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Test]
    public async Task Lcov_has_the_branches_of_actions_and_the_ways_of_expressions() => Assert.That((await ReportAsync()).ToLcov(), Is.EqualTo("""
        TN:
        SF:flow.json
        BRDA:4,0,0,1
        BRDA:4,0,1,1
        BRDA:8,1,0,0
        BRDA:8,1,1,1
        BRDA:10,0,0,2
        BRDA:10,0,1,0
        BRDA:10,1,0,1
        BRDA:10,1,1,1
        BRF:8
        BRH:6
        DA:4,2
        DA:7,1
        DA:8,1
        DA:10,2
        LF:4
        LH:4
        end_of_record

        """.ReplaceLineEndings("\n")));

    [Test]
    public async Task The_object_has_every_action_branch_and_call()
    {
        var report = (await ReportAsync()).ToJson();

        Assert.That(report["actions"].ToJson(), Is.EqualTo("""{"covered":4,"total":4,"percent":100.0}"""));
        Assert.That(report["branches"].ToJson(), Is.EqualTo("""{"covered":3,"total":4,"percent":75.0}"""));
        Assert.That(report["expressions"].ToJson(), Is.EqualTo("""{"covered":3,"total":4,"percent":75.0}"""));
        var flow = report["flows"][0];
        Assert.That(flow["items"].AsArray.AsSpan().ToArray().Select(item => $"{item["name"].AsString} {item["line"]} {item["hits"]} {item["statuses"].ToJson()}"), Is.EqualTo(new[]
        {
            """Big 4 2 {"Succeeded":2}""",
            """Yes 7 1 {"Succeeded":1,"Skipped":1}""",
            """No 8 1 {"Succeeded":1,"Skipped":1}""",
            """End 10 2 {"Succeeded":2}""",
        }));
        Assert.That(flow["items"][3]["branches"].ToJson(), Is.EqualTo("""[{"name":"runAfter Big: Succeeded","hits":2},{"name":"runAfter Big: Failed","hits":0}]"""));
        Assert.That(flow["calls"][0].ToJson(), Is.EqualTo("""{"function":"if","text":"if(equals(triggerBody(), 0), 'none', 'few')","action":"No","line":8,"column":69,"ways":[{"name":"true","hits":0},{"name":"false","hits":1}]}"""));
        Assert.That(flow["calls"][1]["ways"].ToJson(), Is.EqualTo("""[{"name":"up to argument 1","hits":1},{"name":"up to argument 2","hits":1}]"""));
    }

    [Test]
    public async Task Cobertura_has_the_same_figures()
    {
        var text = new StringWriter();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true })) (await ReportAsync()).WriteCobertura(xml);

        var root = SafeXml.Load(text.ToString()).DocumentElement!;
        Assert.That(
            new[] { "lines-valid", "lines-covered", "branches-valid", "branches-covered", "line-rate", "branch-rate" }.Select(root.GetAttribute),
            Is.EqualTo(new[] { "4", "4", "4", "3", "1", "0.75" }));
        Assert.That(root.GetElementsByTagName("line").Cast<XmlElement>().Select(line => $"{line.GetAttribute("number")}: {line.GetAttribute("hits")} {line.GetAttribute("condition-coverage")}".TrimEnd()), Is.EqualTo(new[]
        {
            "4: 2 100% (2/2)", "7: 1", "8: 1", "10: 2 50% (1/2)",
        }));
        Assert.That(root.GetElementsByTagName("condition").Cast<XmlElement>().Select(condition => $"{condition.GetAttribute("type")} {condition.GetAttribute("coverage")}"), Is.EqualTo(new[] { "if 50%", "coalesce 100%" }));
    }

    [Test]
    public async Task The_page_is_whole_in_itself_and_colours_graph_and_actions()
    {
        (await ReportAsync()).Write(_shell.Path("out"));
        var page = await File.ReadAllTextAsync(_shell.Path("out/index.html"));

        Assert.That(page, Does.Contain("4 of 4 actions (100 %), 3 of 4 branches (75 %), 3 of 4 expression branches (75 %)"));
        Assert.That(page, Does.Contain("class=\"group all\"").And.Contain("class=\"box all\"").And.Contain("class=\"box part\"").And.Not.Contain("class=\"box none\""));
        Assert.That(page, Does.Contain("class=\"action all\" id=\"f0-Big\"").And.Contain("class=\"action part\" id=\"f0-No\"").And.Contain("class=\"action part\" id=\"f0-End\""));
        Assert.That(page, Does.Contain("<a href=\"#f0-End\">End</a>, line 10: runAfter Big: Failed"));
        Assert.That(page, Does.Not.Contain("<script").And.Not.Contain("<link").And.Not.Contain("src=").And.Not.Contain("@import"));
        Assert.That(page.Replace("xmlns=\"http://www.w3.org/2000/svg\"", string.Empty, StringComparison.Ordinal), Does.Not.Contain("http"));
    }

    private async Task<CoverageReport> ReportAsync()
    {
        var coverage = new CoverageCollector();
        var file = _shell.File("flow.json", Flow);
        foreach (var body in new[] { "11", "3" }) await FlowTest.Load(file).WithTriggerBody(body).WithCoverage(coverage).RunAsync();
        return new CoverageReport(coverage, _shell.Path(string.Empty));
    }
}
