using FlowEngine.Definitions;

namespace FlowEngine.Tests;

[Parallelizable(ParallelScope.All)]
public sealed class PackageTests
{
    private const string ParentId = "0a1b2c3d-0000-4000-8000-000000000001";
    private const string ChildId = "0a1b2c3d-0000-4000-8000-000000000002";

    [Test]
    public async Task A_package_of_Power_Automate_runs_by_the_name_that_people_see()
    {
        using var shell = new Shell();
        var zip = shell.File("export.zip", Zip.Of(
            ("manifest.json", """{"resources":{"g1":{"type":"Microsoft.Flow/flows","details":{"displayName":"Greet (all)"}},"a1":{"name":"shared_office365"},"c1":{"details":{"displayName":"me@example.org"}}}}"""),
            ("Microsoft.Flow/flows/manifest.json", "{}"),
            ("Microsoft.Flow/flows/g1/apisMap.json", """{"mail":"a1"}"""),
            ("Microsoft.Flow/flows/g1/connectionsMap.json", """{"mail":"c1"}"""),
            ("Microsoft.Flow/flows/g1/definition.json", Part(Compose("Hello"))),
            ("Microsoft.Flow/flows/g2/definition.json", Part(Compose("Bye"), """ "displayName":"Leave", """))));

        var run = await shell.CallAsync("run", zip, "--flow", "greet (ALL)", "--json");
        var other = await shell.CallAsync("run", zip, "--flow", "Leave", "--json");
        var none = await shell.CallAsync("run", zip);
        var package = Workflow.OpenPackage(zip);

        Assert.Multiple(() =>
        {
            Assert.That(run.Json["actions"]["Say"]["outputs"].AsStringOrNull, Is.EqualTo("Hello"), run.ToString());
            Assert.That(other.Json["actions"]["Say"]["outputs"].AsStringOrNull, Is.EqualTo("Bye"));
            Assert.That(none.Exit, Is.EqualTo(1));
            Assert.That(none.Error, Does.Contain("Greet (all), Leave").And.Contain("--flow"));
            Assert.That(package.Kind, Is.EqualTo(PackageKind.PowerAutomatePackage));
            Assert.That(package.Connections, Is.EqualTo(new[] { new PackageConnection("mail", "shared_office365", "me@example.org") }));
        });
    }

    [Test]
    public async Task A_solution_gives_environment_variables_and_child_flows_by_id([Values] bool packed)
    {
        using var shell = new Shell();
        var files = Solution();
        var path = packed ? shell.File("solution.zip", Zip.Of(files)) : Unpack(shell, files);

        var run = await shell.CallAsync("run", path, "--flow", "Parent flow", "--json");

        Assert.Multiple(() =>
        {
            Assert.That(run.Json["status"].AsStringOrNull, Is.EqualTo("Succeeded"), run.ToString());
            Assert.That(run.Json["actions"]["Site"]["outputs"].AsStringOrNull, Is.EqualTo("https://current.example"));
            Assert.That(run.Json["actions"]["Call"]["outputs"]["body"]["from"].AsStringOrNull, Is.EqualTo("child"));
        });
    }

    [Test]
    public void Parts_of_a_solution_that_are_no_cloud_flows_are_skipped_with_the_reason()
    {
        using var shell = new Shell();
        var package = Workflow.OpenPackage(shell.File("solution.zip", Zip.Of(Solution())));

        Assert.Multiple(() =>
        {
            Assert.That(package.Flows.Select(flow => flow.Name), Is.EqualTo(new[] { "Parent flow", "Child flow" }));
            Assert.That(package.Skipped.Single().Reason, Does.Contain("desktop flow"));
            Assert.That(package.Connections.Single(), Is.EqualTo(new PackageConnection("new_mail", "shared_office365", "Mail")));
        });
    }

    [Test]
    public async Task A_solution_in_an_archive_of_the_Package_Deployer_is_found()
    {
        using var shell = new Shell();
        var zip = shell.File("package.zip", Zip.OfBytes(("PackageAssets\\inner.zip", Zip.Of(Solution())), ("input.txt", [])));
        var shown = await shell.CallAsync("validate", zip, "--json");
        Assert.That(shown.Json["files"][0]["file"].AsString, Does.EndWith($"package.zip!/PackageAssets/inner.zip!/Workflows/Parent-{ParentId}.json"));
    }

    [Test]
    public async Task A_Standard_project_takes_parameters_and_settings_from_its_files()
    {
        using var shell = new Shell();
        var folder = Unpack(shell,
        [
            ("host.json", "{}"),
            ("parameters.json", """{"site":{"type":"String","value":"@appsetting('SITE')"},"path":{"type":"String","value":"@{appsetting('SITE')}/x"},"lost":{"type":"String","value":"@appsetting('NONE')"}}"""),
            ("local.settings.json", """{"Values":{"SITE":"https://local.example"}}"""),
            ("workflow-designtime/host.json", "{}"),
            ("Main/workflow.json", """
                {"kind":"Stateful","definition":{"parameters":{"site":{"type":"String"},"path":{"type":"String"},"lost":{"type":"String","defaultValue":"own"}},
                 "triggers":{"manual":{"type":"Request","kind":"Http","inputs":{}}},
                 "actions":{"All":{"type":"Compose","inputs":["@parameters('site')","@parameters('path')","@parameters('lost')"]},
                            "Same":{"type":"Compose","inputs":"@equals(concat(parameters('site'), parameters('path')), 'https://local.examplehttps://local.example/x')"}}}}
                """),
        ]);

        var run = await shell.CallAsync("run", folder, "--json");
        Assert.That(run.Json["actions"]["Same"]["outputs"], Is.EqualTo((FlowValue)true), run.ToString());
        Assert.That(run.Json["actions"]["All"]["outputs"], Is.EqualTo(FlowValue.Parse("""["*sanitized*","*sanitized*/x","own"]""")), "what local.settings.json holds is secret");
    }

    [Test]
    public async Task A_Standard_project_declares_parameters_for_its_workflows()
    {
        using var shell = new Shell();
        var flow = """{"kind":"Stateful","definition":{"triggers":{"manual":{"type":"Request","kind":"Http","inputs":{}}},"actions":{"Say":{"type":"Compose","inputs":"@concat(parameters('greeting'), string(parameters('limits')?['most']))"}}}}""";
        var folder = Unpack(shell,
        [
            ("host.json", "{}"),
            ("parameters.json", """{"greeting":{"type":"String","value":"hello"},"limits":{"type":"Object","value":{"most":3}},"unused":{"type":"String","value":"@appsetting('NONE')"}}"""),
            ("Main/workflow.json", flow),
            ("Lost/workflow.json", """{"definition":{"triggers":{"manual":{"type":"Request"}},"actions":{"Say":{"type":"Compose","inputs":"@parameters('unused')"}}}}"""),
        ]);

        var inProject = await shell.CallAsync("run", folder, "--flow", "Main", "--json");
        var byFile = await shell.CallAsync("run", Path.Combine(folder, "Main", "workflow.json"), "--param", "greeting=bye", "--json");
        var lost = await shell.CallAsync("run", folder, "--flow", "Lost", "--json");
        var valid = await shell.CallAsync("validate", folder, "--lint", "--json");

        Assert.That(inProject.Json["actions"]["Say"]["outputs"].AsStringOrNull, Is.EqualTo("hello3"), inProject.ToString());
        Assert.That(byFile.Json["actions"]["Say"]["outputs"].AsStringOrNull, Is.EqualTo("bye3"), byFile.ToString());
        Assert.That((lost.Exit, lost.Error), Is.EqualTo((2, "flow: The value for the workflow parameter 'unused' is not provided. Give it one of type 'String' (--param unused=…).\n")));
        Assert.That(valid.Json["files"].AsArray.SelectMany(file => file["diagnostics"].AsArray), Is.Empty, valid.ToString());
    }

    [Test]
    public async Task An_archive_of_templates_gives_each_workflow_of_them()
    {
        using var shell = new Shell();
        var template = """{"$schema":"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#","resources":[{"type":"Microsoft.Logic/workflows","name":"W","properties":{"definition":"""
            + Definition(Compose("x")) + "}}]}";
        var zip = shell.File("content.zip", Zip.Of(("mainTemplate.json", template), ("createUiDefinition.json", """{"parameters":{}}""")));
        var run = await shell.CallAsync("run", zip, "--flow", "W", "--json");
        Assert.That(run.Json["actions"]["Say"]["outputs"].AsStringOrNull, Is.EqualTo("x"), run.ToString());
    }

    private static (string Name, string Text)[] Solution() =>
    [
        ("solution.xml", "<ImportExportXml/>"),
        ("customizations.xml", $$"""
            <ImportExportXml><Workflows>
              <Workflow WorkflowId="{{{ParentId}}}" Name="Parent flow"><JsonFileName>/Workflows/Parent-{{ParentId}}.json</JsonFileName><Category>5</Category></Workflow>
              <Workflow WorkflowId="{{{ChildId}}}" Name="Child flow"><JsonFileName>/Workflows/Child-{{ChildId}}.json</JsonFileName><Category>5</Category></Workflow>
              <Workflow WorkflowId="{9}" Name="Robot"><JsonFileName>/Workflows/Robot.json</JsonFileName><Category>6</Category></Workflow>
            </Workflows><connectionreferences><connectionreference connectionreferencelogicalname="new_mail">
              <connectionreferencedisplayname>Mail</connectionreferencedisplayname><connectorid>/providers/Microsoft.PowerApps/apis/shared_office365</connectorid>
            </connectionreference></connectionreferences></ImportExportXml>
            """),
        ($"Workflows/Parent-{ParentId}.json", Part("""
            "Site":{"type":"Compose","inputs":"@parameters('Site (new_site)')"},
            "Call":{"type":"Workflow","inputs":{"host":{"workflowReferenceName":"CHILD"}}}
            """.Replace("CHILD", ChildId, StringComparison.Ordinal))),
        ($"Workflows/Child-{ChildId}.json", Part("""
            "Answer":{"type":"Response","kind":"Http","inputs":{"statusCode":200,"body":{"from":"child"}}}
            """)),
        ("Workflows/Robot.json", Definition("")),
        ("environmentvariabledefinitions/new_site/environmentvariabledefinition.xml", """<environmentvariabledefinition schemaname="new_site"><defaultvalue>https://default.example</defaultvalue><type>100000000</type></environmentvariabledefinition>"""),
        ("environmentvariabledefinitions/new_site/environmentvariablevalues.json", """{"environmentvariablevalues":{"environmentvariablevalue":{"value":"https://current.example"}}}"""),
    ];

    private static string Compose(string text) => $$"""
        "Say":{"type":"Compose","inputs":"{{text}}"}
        """;

    private static string Definition(string actions) => """
        {"parameters":{"Site (new_site)":{"type":"String","defaultValue":"exported","metadata":{"schemaName":"new_site"}}},
        "triggers":{"manual":{"type":"Request","kind":"Http","inputs":{}}},"actions":{
        """ + actions + "}}";

    private static string Part(string actions, string members = "") => "{\"properties\":{" + members + "\"connectionReferences\":{},\"definition\":" + Definition(actions) + "},\"schemaVersion\":\"1.0.0.0\"}";

    private static string Unpack(Shell shell, (string Name, string Text)[] files)
    {
        var folder = shell.Path("project");
        foreach (var (name, text) in files)
        {
            var path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        return folder;
    }
}
