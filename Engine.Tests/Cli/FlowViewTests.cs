using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using FlowEngine.Definitions;

namespace FlowEngine.Tests;

/// <summary>The commands that show or tidy flows without running them, and runs with made-up answers.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class FlowViewTests
{
    private const string Actions = """
        {
          "Get": { "type": "Http", "inputs": { "method": "GET", "uri": "https://api.example/a?key=hidden" } },
          "Parse": { "type": "ParseJson", "inputs": { "content": "@body('Get')", "schema": { "type": "object", "properties": { "id": { "type": "integer" }, "tags": { "type": "array", "items": { "type": "string" } } } } }, "runAfter": { "Get": [ "Succeeded" ] } },
          "Check": { "type": "If", "expression": "@equals(body('Parse')?['id'], 1)", "actions": { "Mail \"x\"": { "type": "OpenApiConnection", "inputs": { "host": { "connectionName": "shared_office365", "operationId": "SendEmailV2" } } } }, "else": { "actions": {} }, "runAfter": { "Parse": [ "Succeeded" ] } },
          "Last": { "type": "Compose", "inputs": "@body('Parse')?['tags']", "runAfter": { "Check": [ "Succeeded", "Failed" ] } }
        }
        """;

    [Test]
    public async Task A_graph_for_Mermaid_has_nodes_groups_and_edges()
    {
        using var shell = new Shell();
        var shown = await shell.CallAsync("graph", shell.Flow(Actions));
        Assert.That(shown.Out, Does.StartWith("flowchart TD\n").And.Contain("n1[\"Get<br/>Http\"]").And.Contain("n0 --> n1").And.Contain("n1 --> n2")
            .And.Contain("Mail #quot;x#quot;").And.Contain("-->|\"Succeeded, Failed\"|").And.Contain("subgraph"));
    }

    [Test]
    public async Task A_graph_for_Graphviz_escapes_names()
    {
        using var shell = new Shell();
        var shown = await shell.CallAsync("graph", shell.Flow(Actions), "--format", "dot");
        Assert.That(shown.Out, Does.StartWith("digraph flow {").And.Contain("Mail \\\"x\\\"\\nOpenApiConnection").And.EndWith("}\n"));
    }

    [Test]
    public async Task A_picture_has_every_action_below_what_it_runs_after_and_inside_its_container()
    {
        using var shell = new Shell();
        var shown = await shell.CallAsync("graph", shell.Flow(Actions), "--format", "svg");
        var picture = XDocument.Load(XmlReader.Create(new StringReader(shown.Out)));
        XNamespace svg = "http://www.w3.org/2000/svg";
        var titles = picture.Descendants(svg + "text").ToDictionary(text => text.Value, text => (Box: text.ElementsBeforeSelf(svg + "rect").Last(), Text: text), StringComparer.Ordinal);
        double Of(string title, string attribute) => double.Parse(titles[title].Box.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);
        Assert.Multiple(() =>
        {
            Assert.That(Of("Get", "y"), Is.GreaterThanOrEqualTo(Of("manual", "y") + Of("manual", "height")));
            Assert.That(Of("Parse", "y"), Is.GreaterThanOrEqualTo(Of("Get", "y") + Of("Get", "height")));
            Assert.That(Of("Last", "y"), Is.GreaterThanOrEqualTo(Of("Check", "y") + Of("Check", "height")));
            Assert.That(Of("Mail \"x\"", "y"), Is.GreaterThan(Of("Check", "y")));
            Assert.That(Of("Mail \"x\"", "y") + Of("Mail \"x\"", "height"), Is.LessThanOrEqualTo(Of("Check", "y") + Of("Check", "height")));
            Assert.That(Of("Mail \"x\"", "x"), Is.GreaterThanOrEqualTo(Of("Check", "x")));
            Assert.That(titles, Does.ContainKey("Succeeded, Failed"));
        });
    }

    [Test]
    public async Task Explaining_a_file_tells_its_steps_and_calls_without_queries()
    {
        using var shell = new Shell();
        var shown = await shell.CallAsync("explain", shell.Flow(Actions));
        Assert.That(shown.Out, Does.Contain("Starts with manual: Request/Http").And.Contain("GET https://api.example/a").And.Contain("SendEmailV2 over shared_office365")
            .And.Contain("when Check is Succeeded or Failed").And.Not.Contain("hidden"));
    }

    [Test]
    public async Task Explaining_tells_what_may_be_billed_and_the_plan()
    {
        using var shell = new Shell();
        var flow = shell.Flow("""
            {"Each":{"type":"Foreach","foreach":"@triggerBody()","actions":{"Mail":{"type":"OpenApiConnection","inputs":{"host":{"connectionName":"shared_office365","operationId":"SendEmailV2"}}},"Note":{"type":"Compose","inputs":1,"runAfter":{"Mail":["Failed"]}}},"runAfter":{"First":["Succeeded"]}},
             "First":{"type":"Compose","inputs":1,"runtimeConfiguration":{"secureData":{"properties":["outputs"]}}}}
            """);
        var shown = await shell.CallAsync("explain", flow, "--plan");
        Assert.Multiple(() =>
        {
            Assert.That(shown.Out, Does.Contain("Billable a run, at most: 3 built-in; each repetition of Each: 1 built-in, 1 of connectors."));
            Assert.That(shown.Out, Does.Contain("plan of ").And.Contain("First  Compose by ComposeAction, secured: outputs").And.Contain("Note  Compose by ComposeAction, waits for Mail (Failed)"));
            Assert.That(shown.Out.IndexOf("] First", StringComparison.Ordinal), Is.LessThan(shown.Out.IndexOf("] Each", StringComparison.Ordinal)), "the plan is in the order of runAfter");
        });
    }

    [Test]
    public async Task Flows_of_an_archive_are_listed()
    {
        using var shell = new Shell();
        var zip = shell.File("a.zip", Zip.Of(("One/workflow.json", """{"definition":{"triggers":{"m":{"type":"Request"}},"actions":{}},"kind":"Stateful"}"""), ("Two/workflow.json", """{"definition":{"triggers":{"m":{"type":"Recurrence","recurrence":{"frequency":"Day","interval":1}}},"actions":{"A":{"type":"Compose","inputs":1}}},"kind":"Stateful"}""")));
        var shown = await shell.CallAsync("list", zip);
        Assert.That(shown.Out, Does.Contain("One  [Request; 0 actions]").And.Contain("Two  [Recurrence; 1 action]"));
    }

    [Test]
    public async Task Formatting_keeps_order_numbers_escapes_and_comments_and_is_stable()
    {
        using var shell = new Shell();
        var file = shell.File("f.json", "{\"triggers\":{\"m\":{\"type\":\"Request\"}}, // start\r\n\"actions\":{\"B\":{\"type\":\"Compose\",\"inputs\":[1.50,\"\\u0041\\/\",{},[]]},\"A\":{\"type\":\"Compose\",\"inputs\":1e3}}}");
        var before = await shell.CallAsync("fmt", file, "--check");
        await shell.CallAsync("fmt", file);
        var formatted = await File.ReadAllTextAsync(file);
        var after = await shell.CallAsync("fmt", file, "--check");

        Assert.Multiple(() =>
        {
            Assert.That((before.Exit, after.Exit), Is.EqualTo((2, 0)));
            Assert.That(formatted, Is.EqualTo("""
                {
                  "triggers": {
                    "m": {
                      "type": "Request"
                    }
                  }, // start
                  "actions": {
                    "B": {
                      "type": "Compose",
                      "inputs": [
                        1.50,
                        "\u0041\/",
                        {},
                        []
                      ]
                    },
                    "A": {
                      "type": "Compose",
                      "inputs": 1e3
                    }
                  }
                }

                """));
        });
    }

    [TestCase("{\"triggers\":{} // a\n,\"actions\":{}}")]
    [TestCase("{\"triggers\":{},\"actions\":/* b */{}}")]
    [TestCase("// first\n{\"triggers\":{}, /* c */ \"actions\":{} // d\n}\n// last")]
    public void Comments_never_swallow_what_follows_them(string text)
    {
        var formatted = CanonicalJson.Format(text);
        Assert.That((FlowValue.Parse(formatted), CanonicalJson.Format(formatted)), Is.EqualTo((FlowValue.Parse(text), formatted)));
    }

    [Test]
    public async Task With_automatic_mocks_calls_are_answered_by_the_schema_that_reads_them()
    {
        using var shell = new Shell();
        var shown = await shell.CallAsync("run", shell.Flow(Actions), "--auto-mock", "--json");
        Assert.Multiple(() =>
        {
            Assert.That(shown.Json["status"].AsStringOrNull, Is.EqualTo("Succeeded"), shown.ToString());
            Assert.That(shown.Json["actions"]["Last"]["outputs"], Is.EqualTo(FlowValue.Parse("""["text"]""")));
            Assert.That(shown.Json["actions"]["Mail \"x\""]["status"].AsStringOrNull, Is.EqualTo("Succeeded"));
        });
    }

    [TestCase("OpenApiConnection", "host")]
    [TestCase("OpenApiConnectionWebhook", "host")]
    [TestCase("ApiConnection", "host")]
    [TestCase("ApiConnectionWebhook", "host")]
    [TestCase("ServiceProvider", "serviceProviderConfiguration")]
    public async Task Every_type_of_connector_is_answered_for_also_beside_mocks_of_requests(string type, string host)
    {
        using var shell = new Shell();
        var flow = shell.Flow($$"""{ "Call": { "type": "{{type}}", "inputs": { "{{host}}": { "connectionName": "shared_any", "operationId": "Do" } } } }""");
        var mocks = shell.File("mocks.json", """[{ "match": { "uri": "https://a.example/" }, "respond": { "status": 200 } }]""");

        var alone = await shell.CallAsync("run", flow, "--auto-mock", "--json");
        var beside = await shell.CallAsync("run", flow, "--auto-mock", "--mocks", mocks, "--json");

        Assert.That(alone.Json["actions"]["Call"]["status"].AsStringOrNull, Is.EqualTo("Succeeded"), alone.ToString());
        Assert.That(beside.Json["actions"]["Call"]["status"].AsStringOrNull, Is.EqualTo("Succeeded"), beside.ToString());
    }

    [Test]
    public void A_sample_of_a_schema_that_refers_to_itself_ends_small()
    {
        const string Pairs = """{ "$ref": "#/definitions/node", "definitions": { "node": { "type": "object", "properties": { "name": { "type": "string" }, "left": { "$ref": "#/definitions/node" }, "right": { "$ref": "#/definitions/node" }, "many": { "type": "array", "items": { "$ref": "#/definitions/node" } } } } } }""";

        Assert.That(FlowEngine.Testing.SampleValue.Of(FlowValue.Parse(Pairs)), Is.EqualTo(FlowValue.Parse("""{ "name": "text", "left": null, "right": null, "many": [] }""")));
    }

    [Test]
    public void A_sample_of_a_schema_that_doubles_at_each_level_has_an_end()
    {
        // No cycle: thirty definitions, each twice the next.
        var definitions = string.Join(",", Enumerable.Range(0, 30).Select(i => $$"""
            "d{{i}}": { "type": "object", "properties": { "a": { "$ref": "#/definitions/d{{i + 1}}" }, "b": { "$ref": "#/definitions/d{{i + 1}}" } } }
            """));
        var schema = FlowValue.Parse($$"""{ "$ref": "#/definitions/d0", "definitions": { {{definitions}}, "d30": { "type": "string" } } }""");

        Assert.That(FlowEngine.Testing.SampleValue.Of(schema).ToJson(), Has.Length.LessThan(1_000_000));
    }

    [Test]
    public async Task Entries_of_a_mocks_file_come_before_automatic_ones()
    {
        using var shell = new Shell();
        var mocks = shell.File("mocks.json", """[{"action":"Get","respond":[{"status":"Succeeded","outputs":{"body":{"id":2,"tags":["mine"]}}}]}]""");
        var shown = await shell.CallAsync("run", shell.Flow(Actions), "--auto-mock", "--mocks", mocks, "--json");
        Assert.That(shown.Json["actions"]["Last"]["outputs"], Is.EqualTo(FlowValue.Parse("""["mine"]""")), shown.ToString());
    }
}
