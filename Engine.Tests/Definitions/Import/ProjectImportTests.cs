using System.Text;

namespace FlowEngine.Tests;

[Parallelizable(ParallelScope.All)]
public sealed class ProjectImportTests
{
    private const string ParentId = "0a1b2c3d-0000-4000-8000-000000000001";
    private const string ChildId = "0a1b2c3d-0000-4000-8000-000000000002";

    private const string ParentPart = "{\r\n  \"properties\": {\"connectionReferences\": {\"shared_office365\": {\"api\": {\"name\": \"shared_office365\"}, \"connection\": {\"connectionReferenceLogicalName\": \"new_mail\"}}},\r\n"
        + "   \"unheardOf\": 1.50, \"definition\": {\"parameters\": {\"Site (new_site)\": {\"type\": \"String\", \"metadata\": {\"schemaName\": \"new_site\"}}}, \"triggers\": {\"manual\": {\"type\": \"Request\", \"kind\": \"Http\", \"inputs\": {}}},"
        + " \"actions\": {\"Site\": {\"type\": \"Compose\", \"inputs\": \"@parameters('Site (new_site)')\"}, \"Call\": {\"type\": \"Workflow\", \"inputs\": {\"host\": {\"workflowReferenceName\": \"" + ChildId + "\"}}}}}},\r\n \"schemaVersion\": \"1.0.0.0\"}";

    private const string ChildPart = """{"properties":{"connectionReferences":{},"definition":{"triggers":{"manual":{"type":"Request","kind":"Http","inputs":{}}},"actions":{"Answer":{"type":"Response","kind":"Http","inputs":{"statusCode":200,"body":{"from":"child"}}}}}},"schemaVersion":"1.0.0.0"}""";

    [Test]
    public async Task A_solution_becomes_a_project_that_runs_as_before()
    {
        using var shell = new Shell();
        var zip = shell.File("solution.zip", Solution());
        var target = shell.Path("project");

        var imported = await shell.CallAsync("import", zip, target);
        var run = await shell.CallAsync("run", target, "--flow", "Parent_ flow", "--json");
        var valid = await shell.CallAsync("validate", target, "--json");

        Assert.Multiple(() =>
        {
            Assert.That(imported.Exit, Is.Zero, imported.ToString());
            Assert.That(run.Json["status"].AsStringOrNull, Is.EqualTo("Succeeded"), run.ToString());
            Assert.That(run.Json["actions"]["Site"]["outputs"].AsStringOrNull, Is.EqualTo("https://current.example"));
            Assert.That(run.Json["actions"]["Call"]["outputs"]["body"]["from"].AsStringOrNull, Is.EqualTo("child"));
            Assert.That((valid.Json["errors"].AsInteger, valid.Json["files"].AsArray.Count(file => file["file"].AsString.EndsWith("workflow.json", StringComparison.Ordinal))), Is.EqualTo((0, 2)), valid.ToString());

            // Only the id by which others call it is new in the flow's file.
            var parent = File.ReadAllText(Path.Combine(target, "Parent_ flow", "workflow.json"));
            Assert.That(parent.Replace($"\r\n  \"name\": \"{ParentId}\",", "", StringComparison.Ordinal), Is.EqualTo(ParentPart));
            Assert.That(FlowValue.Parse(File.ReadAllText(Path.Combine(target, "parameters.json"))), Is.EqualTo(FlowValue.Parse("""{"Site (new_site)":{"type":"String","value":"https://current.example"}}""")));
            Assert.That(FlowValue.Parse(File.ReadAllText(Path.Combine(target, "connections.json")))["connections"]["shared_office365"]["connector"].AsStringOrNull, Is.EqualTo("shared_office365"));

            // What has no place in a project is kept as it is.
            Assert.That(File.ReadAllText(Path.Combine(target, ".source", "solution.xml")), Is.EqualTo("<ImportExportXml/>"));
            Assert.That(File.Exists(Path.Combine(target, ".source", "Workflows", "Robot.json")), Is.True);
            Assert.That(imported.Error, Does.Contain("desktop flow"));
        });
    }

    [Test]
    public async Task A_lone_definition_is_copied_byte_for_byte()
    {
        using var shell = new Shell();
        var bytes = Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes("{\"definition\": {\"triggers\":{\"m\":{\"type\":\"Request\"}},\r\n \"actions\":{ }},\"extra\":1e3}")).ToArray();
        var target = shell.Path("project");
        await shell.CallAsync("import", shell.File("any.json", bytes), target);
        Assert.That(File.ReadAllBytes(Path.Combine(target, "flow.json")), Is.EqualTo(bytes));
    }

    [Test]
    public async Task A_Standard_project_keeps_every_file_in_its_place()
    {
        using var shell = new Shell();
        var zip = shell.File("p.zip", Zip.Of(
            ("site/host.json", "{ }"),
            ("site/Main/workflow.json", """{"kind":"Stateful","definition":{"triggers":{"m":{"type":"Request","kind":"Http"}},"actions":{}}}"""),
            ("site/Artifacts/Maps/a.xslt", "<x/>"),
            ("site/local.settings.json", """{"Values":{}}""")));
        var target = shell.Path("project");
        var imported = await shell.CallAsync("import", zip, target);
        Assert.Multiple(() =>
        {
            Assert.That(imported.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries), Is.EquivalentTo(new[] { "host.json", "Main/workflow.json", "Artifacts/Maps/a.xslt", "local.settings.json", ".gitignore" }));
            Assert.That(File.ReadAllText(Path.Combine(target, "host.json")), Is.EqualTo("{ }"));
            Assert.That(imported.Error, Does.Contain("don't commit"));
        });
    }

    [Test]
    public async Task Workflows_of_a_template_are_written_with_its_expressions_resolved()
    {
        using var shell = new Shell();
        var template = shell.File("template.json", """
            {"$schema":"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#","parameters":{"site":{"type":"string","defaultValue":"https://a.example"}},
             "resources":[
              {"type":"Microsoft.Logic/workflows","name":"One","properties":{"definition":{"triggers":{"m":{"type":"Request","kind":"Http"}},"actions":{"C":{"type":"Compose","inputs":"[parameters('site')]"}}}}},
              {"type":"Microsoft.Logic/workflows","name":"Two","properties":{"definition":{"triggers":{"m":{"type":"Request","kind":"Http"}},"actions":{}}}}]}
            """);
        var target = shell.Path("project");
        await shell.CallAsync("import", template, target);
        var run = await shell.CallAsync("run", target, "--flow", "One", "--json");
        Assert.Multiple(() =>
        {
            Assert.That(run.Json["actions"]["C"]["outputs"].AsStringOrNull, Is.EqualTo("https://a.example"), run.ToString());
            Assert.That(File.Exists(Path.Combine(target, "Two", "workflow.json")), Is.True);
            Assert.That(File.ReadAllText(Path.Combine(target, ".source", "template.json")), Is.EqualTo(File.ReadAllText(template)));
        });
    }

    [Test]
    public async Task What_cannot_be_read_is_told_and_kept_and_nothing_is_overwritten()
    {
        using var shell = new Shell();
        var target = shell.Path("project");
        var zip = shell.File("solution.zip", Zip.Of(("solution.xml", "<ImportExportXml/>"), ($"Workflows/Good-{ChildId}.json", ChildPart), ($"Workflows/Bad-{ParentId}.json", "{\"properties\": {,")));
        var first = await shell.CallAsync("import", zip, target);
        var second = await shell.CallAsync("import", zip, target);
        var none = await shell.CallAsync("import", shell.File("x.json", "{\"a\": 1}"), shell.Path("other"));
        Assert.Multiple(() =>
        {
            Assert.That((first.Exit, second.Exit, none.Exit), Is.EqualTo((2, 1, 2)), first.ToString());
            Assert.That(first.Error, Does.Contain("FE1001").Or.Contain("FE1014"));
            Assert.That(File.ReadAllText(Path.Combine(target, ".source", "Workflows", $"Bad-{ParentId}.json")), Is.EqualTo("{\"properties\": {,"));
            Assert.That(second.Error, Does.Contain("not empty"));
            Assert.That(Directory.Exists(shell.Path("other")), Is.False);
        });
    }

    private static byte[] Solution() => Zip.Of(
        ("solution.xml", "<ImportExportXml/>"),
        ("customizations.xml", $$"""
            <ImportExportXml><Workflows>
              <Workflow WorkflowId="{{{ParentId}}}" Name="Parent: flow"><JsonFileName>/Workflows/Parent-{{ParentId}}.json</JsonFileName><Category>5</Category></Workflow>
              <Workflow WorkflowId="{{{ChildId}}}" Name="Child flow"><JsonFileName>/Workflows/Child-{{ChildId}}.json</JsonFileName><Category>5</Category></Workflow>
              <Workflow WorkflowId="{9}" Name="Robot"><JsonFileName>/Workflows/Robot.json</JsonFileName><Category>6</Category></Workflow>
            </Workflows></ImportExportXml>
            """),
        ($"Workflows/Parent-{ParentId}.json", ParentPart),
        ($"Workflows/Child-{ChildId}.json", ChildPart),
        ("Workflows/Robot.json", "{}"),
        ("environmentvariabledefinitions/new_site/environmentvariabledefinition.xml", """<environmentvariabledefinition schemaname="new_site"><defaultvalue>https://default.example</defaultvalue></environmentvariabledefinition>"""),
        ("environmentvariabledefinitions/new_site/environmentvariablevalues.json", """{"environmentvariablevalues":{"environmentvariablevalue":{"value":"https://current.example"}}}"""));
}
