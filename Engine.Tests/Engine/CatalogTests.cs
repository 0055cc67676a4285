using FlowEngine.Definitions;

namespace FlowEngine.Tests.Engine;

[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class CatalogTests
{
    private string _folder = string.Empty;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("flowengine-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    private void Write(string path, string text)
    {
        var file = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private void WriteAll()
    {
        Write("parent.json", """
            { "triggers": { "manual": { "type": "Request", "inputs": {} } },
              "actions": { "Call": { "type": "Workflow", "inputs": { "host": { "workflow": { "id": "child" } }, "body": { "n": 20 } } } } }
            """);
        Write("child/workflow.json", """
            { "definition": { "triggers": { "manual": { "type": "Request", "inputs": {} } },
              "actions": { "Answer": { "type": "Response", "inputs": { "statusCode": 200, "body": "@add(triggerBody()['n'], 1)" } } } } }
            """);
        Write("broken/flow.json", """{ "triggers": {}, "actions": { "A": { "type": "Compose", "inputs": "@concat('a'" } } }""");
        Write("parent.mocks.json", "[]");
        Write("connections.json", """{ "managedApiConnections": {} }""");
    }

    [Test]
    public void A_folder_is_read_flow_by_flow_and_a_broken_one_stands_in_nobodys_way()
    {
        WriteAll();

        var catalog = WorkflowCatalog.Open(_folder);

        Assert.That(catalog.Flows.Select(flow => (flow.Name, flow.HasErrors)), Is.EqualTo(new[] { ("broken", true), ("child", false), ("parent", false) }));
        Assert.That(catalog.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(error => Path.GetRelativePath(_folder, error.Location.File)), Is.EqualTo(new[] { Path.Combine("broken", "flow.json") }));
        Assert.That(() => catalog["broken"], Throws.TypeOf<DefinitionException>());
        Assert.That(() => catalog["nope"], Throws.TypeOf<KeyNotFoundException>().With.Message.Contains("child, parent"));
        Assert.That(catalog["PARENT"], Is.SameAs(catalog["parent"]), "compiled once");
    }

    [Test]
    public async Task Flows_of_a_catalogue_find_each_other_as_children()
    {
        WriteAll();
        await using var engine = WorkflowEngine.Create();

        var run = await engine.RunAsync(WorkflowCatalog.Open(_folder)["parent"]);

        Assert.That(run.Action("Call").Outputs["body"], Is.EqualTo((FlowValue)21));
    }

    [Test]
    public void A_file_that_is_no_json_is_told()
    {
        Write("half.json", "{ \"triggers\": ");

        Assert.That(WorkflowCatalog.Open(_folder).Diagnostics, Has.Some.Matches<Diagnostic>(diagnostic => diagnostic.Location.File.EndsWith("half.json", StringComparison.Ordinal)));
    }

    [Test]
    public void An_empty_folder_has_no_flows() => Assert.That(WorkflowCatalog.Open(_folder).Flows, Is.Empty);
}
