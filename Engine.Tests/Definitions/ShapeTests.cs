using FlowEngine.Definitions;

namespace FlowEngine.Tests;

[Parallelizable(ParallelScope.All)]
public class ShapeTests
{
    private const string Bare = """{"triggers":{"manual":{"type":"Request","kind":"Http"}},"actions":{"A":{"type":"Compose","inputs":1}}}""";

    [TestCase("""{ "type": "Recurrence", "recurrence": { "frequency": "Day", "interval": 1 } }""", "Recurrence", TestName = "A trigger as peek code gives it")]
    [TestCase("""{ "Each_day": { "type": "Recurrence", "recurrence": { "frequency": "Day", "interval": 1 } } }""", "Each_day", TestName = "A trigger by name")]
    [TestCase("""{ "triggers": { "t": { "type": "Request", "kind": "Http", "inputs": { "schema": {} } } } }""", "t", TestName = "Triggers alone")]
    [TestCase("""{ "id": "x", "isTrigger": true, "operationName": "Start", "operationDefinition": { "type": "ApiConnection", "inputs": {} } }""", "Start", TestName = "A copied trigger")]
    public void A_trigger_alone_is_a_fragment(string text, string name)
    {
        var document = Workflow.Read(text);

        Assert.That((document.HasErrors, document.Definition?.Triggers.Single().Name, document.Definition?.AllActions().Count()), Is.EqualTo((false, name, 0)), string.Join("\n", document.Diagnostics));
    }

    [Test]
    public void Several_copied_actions_are_a_fragment_with_places_of_their_own()
    {
        var document = Workflow.Read("""
            { "mslaNode": true, "isMultiNode": true, "edges": [],
              "nodes": [ { "nodeId": "A", "serializedOperation": { "type": "Compose", "inputs": 1, "runAfter": { "Elsewhere": ["Succeeded"] } } },
                         { "nodeId": "B", "serializedOperation": { "type": "Compose", "inputs": "@unknownFunction()", "runAfter": { "A": ["Succeeded"] } } } ] }
            """);

        Assert.That(document.Definition?.AllActions().Select(action => action.Name), Is.EqualTo(new[] { "A", "B" }));
        Assert.That(document.Diagnostics.Single(found => found.Action == "B").Location.Line, Is.EqualTo(3));
    }

    [TestCase("""{ "nodeId": "Http", "nodeData": {}, "nodeOperationInfo": { "type": "Http" }, "mslaNode": true }""", "the state that a designer keeps")]
    [TestCase("""{ "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "resources": [] }""", "an ARM template without a workflow")]
    public void What_holds_no_flow_is_called_by_its_name(string text, string message)
    {
        Assert.That(Workflow.Read(text).Diagnostics.Single().Message, Does.Contain(message));
    }

    [Test]
    public void Of_workflows_that_a_template_copies_the_first_is_read()
    {
        var document = Workflow.Read("""
            { "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
              "resources": [ { "type": "Microsoft.Logic/workflows", "name": "[concat('flow-', copyIndex(1))]", "copy": { "name": "c", "count": 3 },
                "properties": { "definition": { "triggers": { "m": { "type": "Request" } }, "actions": { "A": { "type": "Compose", "inputs": "[copyIndex()]" } } } } } ] }
            """);

        Assert.That((document.FlowName, document.Definition?.Root.Actions[0].Inputs, document.Diagnostics.Count), Is.EqualTo(("flow-1", (FlowValue)0, 0)));
    }

    [TestCase("https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#", false)]
    [TestCase("https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-04-01-preview/workflowdefinition.json#", false)]
    [TestCase("http://schema.management.azure.com/providers/Microsoft.Logic/schemas/2014-12-01-preview/workflowdefinition.json##", false)]
    [TestCase("https://schema.@{variables('azureManagementUrl')}/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#", false)]
    [TestCase("[variables('schema')]", false)]
    [TestCase("https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2031-01-01/workflowdefinition.json#", true)]
    [TestCase("https://example.org/other.json", true)]
    public void A_schema_of_no_known_version_is_told_and_read_all_the_same(string schema, bool told)
    {
        var document = Documents.Read($$"""{"$schema":"{{schema}}","triggers":{"m":{"type":"Request","kind":"Http"} },"actions":{} }""");
        Assert.That((document.HasErrors, document.Diagnostics.Any(diagnostic => diagnostic.Code == DiagnosticCodes.UnknownSchema)), Is.EqualTo((false, told)));
    }

    [TestCase(Bare, "", HostProfile.Consumption)]
    [TestCase("""{"definition":#,"kind":"Stateful"}""", "/definition", HostProfile.Standard)]
    [TestCase("""{"definition":#}""", "/definition", HostProfile.Consumption)]
    [TestCase("""{"properties":{"definition":#,"connectionReferences":{}},"schemaVersion":"1.0.0.0"}""", "/properties/definition", HostProfile.PowerAutomate)]
    [TestCase("""{"type":"Microsoft.Logic/workflows","properties":{"definition":#}}""", "/properties/definition", HostProfile.Consumption)]
    [TestCase("""{"name":"x","type":"Microsoft.Flow/flows","properties":{"definition":#}}""", "/properties/definition", HostProfile.PowerAutomate)]
    public void A_shape_is_told_by_its_content(string text, string path, HostProfile host)
    {
        var document = Documents.Read(text.Replace("#", Bare));

        Assert.That(document.Definition!.Path, Is.EqualTo(path));
        Assert.That(document.Host, Is.EqualTo(host));
        Assert.That(document.Definition.Root.Actions.Single().Path, Is.EqualTo(path + "/actions/A"));
        Assert.That(document.HasErrors, Is.False);
    }

    [Test]
    public void The_host_asked_for_wins() =>
        Assert.That(WorkflowDocument.Read(Bare, "f", Documents.Options with { Host = HostProfile.Standard }).Host, Is.EqualTo(HostProfile.Standard));

    [Test]
    public void A_declared_authentication_parameter_speaks_of_Power_Automate() =>
        Assert.That(
            Documents.Read("""{"parameters":{"$authentication":{"type":"SecureObject"}},"triggers":{"m":{"type":"Request"}},"actions":{}}""").Host,
            Is.EqualTo(HostProfile.PowerAutomate));

    [TestCase("""{"properties":{"parameters":{"$connections":{"value":{"a":1}}},"definition":#}}""")]
    [TestCase("""{"definition":#,"parameters":{"$connections":{"value":{"a":1}}}}""")]
    [TestCase("""{"definition":#,"$connections":{"value":{"a":1}}}""")]
    public void Parameter_values_beside_the_definition_are_kept(string text) =>
        Assert.That(Documents.Read(text.Replace("#", Bare)).ParameterValues["$connections"], Is.EqualTo(FlowValue.Parse("""{"a":1}""")));

    [TestCase("{}")]
    [TestCase("[1]")]
    [TestCase("""{"name":"order","total":3}""")]
    public void JSON_that_is_no_definition_is_an_error(string text)
    {
        var document = Documents.Read(text);

        Assert.That(document.Definition, Is.Null);
        Assert.That(document.Diagnostics.Single().Code, Is.EqualTo(DiagnosticCodes.UnknownKind));
        Assert.That(document.HasErrors, Is.True);
    }

    [Test]
    public void Member_names_of_the_definition_ignore_case()
    {
        var action = Documents.Read("""{"Triggers":{"m":{"Type":"request"}},"Actions":{"A":{"Type":"scope","RunAfter":{},"ACTIONS":{"B":{"type":"compose","Inputs":5}}}}}""")
            .Definition!.Root.Actions.Single();

        Assert.That(action.Type, Is.EqualTo("Scope"));
        Assert.That(action.Branches.Single().Actions.Single().Inputs, Is.EqualTo(FlowValue.Integer(5)));
    }

    [Test]
    public void Branches_of_conditions_and_switches_are_there_even_when_the_file_has_none()
    {
        var actions = Documents.Actions("""
            {"C":{"type":"If","expression":true},"S":{"type":"Switch","expression":"@1","cases":{"K1":{"case":1,"actions":{"X":{"type":"Compose","inputs":1}}},"K2":{"case":2}}}}
            """).Definition!.Root.Actions;

        Assert.That(actions[0].Branches.Select(branch => branch.Label), Is.EqualTo(new[] { "actions", "else" }));
        Assert.That(actions[1].Branches.Select(branch => branch.Label), Is.EqualTo(new[] { "K1", "K2", "default" }));
        Assert.That(actions[1].Branches[1].Case, Is.EqualTo(FlowValue.Integer(2)));
    }

    [Test]
    public void RunAfter_takes_the_spelling_of_the_key_and_canonical_statuses()
    {
        var after = Documents.Actions("""{"My_first":{"type":"Compose","inputs":1},"B":{"type":"Compose","inputs":1,"runAfter":{"MY first":["SUCCEEDED","timedout"]}}}""")
            .Definition!.Root.Actions[1].RunAfter.Single();

        Assert.That(after.Action, Is.EqualTo("My_first"));
        Assert.That(after.Statuses, Is.EqualTo(RunAfterStatuses.Succeeded | RunAfterStatuses.TimedOut));
        Assert.That(after.Written, Is.EqualTo(new[] { "Succeeded", "TimedOut" }));
    }

    [Test]
    public void Options_and_timeout_are_read()
    {
        var action = Documents.Actions("""{"A":{"type":"Http","inputs":{},"limit":{"timeout":"PT1H30M"},"operationOptions":"DisableAsyncPattern, Foo"}}""").Definition!.Root.Actions[0];

        Assert.That(action.Timeout, Is.EqualTo(TimeSpan.FromMinutes(90)));
        Assert.That(action.OperationOptions.Contains("disableasyncpattern"), Is.True);
    }
}
