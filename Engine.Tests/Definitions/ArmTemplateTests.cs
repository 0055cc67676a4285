using FlowEngine.Definitions;

namespace FlowEngine.Tests;

[Parallelizable(ParallelScope.All)]
public class ArmTemplateTests
{
    private const string Schema = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#";

    private static string Definition(string inputs) =>
        $$$$"""{"$schema":"https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#","triggers":{"manual":{"type":"Request"}},"actions":{"A":{"type":"Compose","inputs":{{{{inputs}}}}}}}""";

    private static string Resource(string inputs, string name = "one", string type = "Microsoft.Logic/workflows") =>
        $$$$"""{"type":"{{{{type}}}}","name":"{{{{name}}}}","properties":{"definition":{{{{Definition(inputs)}}}},"parameters":{"p":{"value":"[parameters('given')]"} } }}""";

    private static string Template(string resources, string variables = "{}", string parameters = """{"given":{"defaultValue":7}}""") =>
        $$$$"""{"$schema":"{{{{Schema}}}}","parameters":{{{{parameters}}}},"variables":{{{{variables}}}},"resources":[{{{{resources}}}}]}""";

    private static FlowValue InputsOf(WorkflowDocument document) => document.Definition!.Root.Actions.Single().Inputs;

    [TestCase("Microsoft.Logic/workflows")]
    [TestCase("microsoft.logic/WORKFLOWS")]
    public void A_workflow_among_the_resources_is_found(string type)
    {
        var document = Documents.Read(Template("""{"type":"Microsoft.Web/connections"},""" + Resource("1", type: type)));

        Assert.That(document.Diagnostics, Is.Empty);
        Assert.That(document.Definition!.Path, Is.EqualTo("/resources/1/properties/definition"));
        Assert.That(document.Host, Is.EqualTo(HostProfile.Consumption));
        Assert.That(document.FlowName, Is.EqualTo("one"));
        Assert.That(document.ParameterValues["p"], Is.EqualTo(FlowValue.Integer(7)));
    }

    [Test]
    public void A_workflow_in_a_nested_deployment_reads_the_outer_parameters_unless_the_scope_is_inner()
    {
        const string Body = "\"[parameters('given')]\"";
        var outer = $$$$"""{"type":"Microsoft.Resources/deployments","properties":{"template":{"parameters":{"given":{"defaultValue":1}},"resources":[{{{{Resource(Body)}}}}]}}}""";
        var inner = outer.Replace("""{"template":""", """{"expressionEvaluationOptions":{"scope":"Inner"},"template":""");
        var given = inner.Replace("""{"template":""", """{"template":""").Replace("\"template\":", """ "parameters":{"given":{"value":"[add(parameters('given'), 1)]"}},"template":""");

        Assert.That(InputsOf(Documents.Read(Template(outer))), Is.EqualTo(FlowValue.Integer(7)));
        Assert.That(InputsOf(Documents.Read(Template(inner))), Is.EqualTo(FlowValue.Integer(1)));
        Assert.That(InputsOf(Documents.Read(Template(given))), Is.EqualTo(FlowValue.Integer(8)));
    }

    [Test]
    public void Values_of_a_deployment_come_before_default_values()
    {
        var options = Documents.Options with { TemplateParameters = new Dictionary<string, FlowValue> { ["GIVEN"] = FlowValue.Integer(9), ["other"] = FlowValue.Integer(1) } };
        var body = "\"[concat('n', string(variables('v')))]\"";

        var document = WorkflowDocument.Read(Template(Resource(body, "[concat('first-', string(parameters('given')))]"), variables: """{"v":"[add(parameters('given'), 1)]"}"""), "f", options);
        var undeclared = WorkflowDocument.Read(Template(Resource("\"[parameters('other')]\"")), "f", options);

        Assert.That(document.TemplateParameters, Is.EqualTo(new[] { "given" }));
        Assert.That(InputsOf(document), Is.EqualTo(FlowValue.String("n10")));
        Assert.That(document.ParameterValues["p"], Is.EqualTo(FlowValue.Integer(9)));
        Assert.That(undeclared.Diagnostics.Single().Code, Is.EqualTo(DiagnosticCodes.TemplateUnresolved), "it declares no such parameter");
    }

    [Test]
    public void Values_of_a_deployment_reach_the_template_of_a_content_package()
    {
        var package = $$$$"""{"type":"x/contentTemplates","properties":{"mainTemplate":{"parameters":{"inner":{"type":"string"}},"resources":[{{{{Resource("\"[[parameters('inner')]\"")}}}}]}}}""";

        var document = WorkflowDocument.Read(Template(package), "f", Documents.Options with { TemplateParameters = new Dictionary<string, FlowValue> { ["inner"] = FlowValue.String("[x") } });

        Assert.That(document.TemplateParameters, Is.EquivalentTo(new[] { "inner", "given" }));
        Assert.That(InputsOf(document), Is.EqualTo(FlowValue.String("[x")));
    }

    [Test]
    public void In_the_template_of_a_content_package_doubled_brackets_start_its_own_expressions()
    {
        var inPackage = Resource("""["[[parameters('given')]", "[parameters('given')]", "[[[x]"]""");
        var package = $$$$"""{"type":"x/contentTemplates","properties":{"mainTemplate":{"parameters":{"given":{"defaultValue":"inner"}},"resources":[{{{{inPackage}}}}]}}}""";

        var document = Documents.Read(Template(package));

        Assert.That(document.Definition!.Path, Is.EqualTo("/resources/0/properties/mainTemplate/resources/0/properties/definition"));
        Assert.That(InputsOf(document), Is.EqualTo(FlowValue.Parse("""["inner", 7, "[x]"]""")));
    }

    [Test]
    public void Resources_of_resources_and_resources_by_name_are_found()
    {
        Assert.That(Documents.Read(Template($$$$"""{"type":"a/b","resources":[{{{{Resource("1")}}}}]}""")).Definition!.Path, Is.EqualTo("/resources/0/resources/0/properties/definition"));
        Assert.That(
            Documents.Read($$$$"""{"$schema":"{{{{Schema}}}}","languageVersion":"2.0","resources":{"flow":{{{{Resource("1", type: "Microsoft.Logic/workflows@2019-05-01")}}}}}}""").Diagnostics.Select(fault => fault.Code),
            Is.EqualTo(new[] { DiagnosticCodes.TemplateUnresolved })); // 'given' is not declared here.
    }

    [Test]
    public void Of_several_workflows_one_is_chosen_by_its_name()
    {
        var text = Template(Resource("1", "[concat('first-', parameters('given'))]") + "," + Resource("2", "second") + "," + Resource("3", "second"));

        var undecided = Documents.Read(text);
        Assert.That(undecided.FlowNames, Is.EqualTo(new[] { "first-7", "second", "second (2)" }));
        Assert.That(undecided.Diagnostics.Single().Code, Is.EqualTo(DiagnosticCodes.FlowChoice));
        Assert.That(undecided.Diagnostics.Single().Message, Does.Contain("first-7, second, second (2)"));
        foreach (var (name, inputs) in new[] { ("FIRST-7", 1), ("second", 2), ("second (2)", 3) })
            Assert.That(InputsOf(WorkflowDocument.Read(text, "f", Documents.Options with { Flow = name })), Is.EqualTo(FlowValue.Integer(inputs)));
        Assert.That(WorkflowDocument.Read(text, "f", Documents.Options with { Flow = "third" }).Diagnostics.Single().Code, Is.EqualTo(DiagnosticCodes.FlowChoice));
    }

    [Test]
    public void What_has_no_value_stays_text_with_a_warning_and_is_never_read_as_an_expression_of_the_workflow()
    {
        const string Text = "[concat('@{body(''Nobody'')}', listKeys('a', 'b'))]";

        var document = Documents.Read(Template(Resource($"\"{Text}\"")));

        var warning = document.Diagnostics.Single();
        Assert.That((warning.Code, warning.Severity), Is.EqualTo((DiagnosticCodes.TemplateUnresolved, DiagnosticSeverity.Warning)));
        Assert.That(warning.Message, Does.Contain("listKeys"));
        Assert.That(warning.Location.Path, Is.EqualTo("/resources/0/properties/definition/actions/A/inputs"));
        Assert.That(InputsOf(document).AsString, Is.EqualTo(Text.Replace("@{", "@@{")));
    }

    [Test]
    public void A_value_that_is_not_known_is_no_error_of_another_kind()
    {
        var text = Template(Resource("1").Replace("""{"type":"Request"}""", """{"type":"Recurrence","recurrence":{"frequency":"[parameters('f')]","interval":"[parameters('n')]"}}"""),
            parameters: """{"given":{"defaultValue":1},"f":{"type":"string"},"n":{"type":"int"}}""");

        Assert.That(Documents.Read(text).Diagnostics.Select(fault => fault.Code), Is.All.EqualTo(DiagnosticCodes.TemplateUnresolved).And.Exactly(2).Items);
    }

    [Test]
    public void A_resolved_text_is_checked_and_its_fault_stands_where_the_template_has_it()
    {
        var document = Documents.Read(Template(Resource("\"[concat('@{body(''Nobody'')}', parameters('given'))]\"")));

        var error = document.Diagnostics.Single(fault => fault.Severity == DiagnosticSeverity.Error);
        Assert.That(error.Code, Is.EqualTo(DiagnosticCodes.UnknownAction));
        Assert.That(document.Text.AsSpan(error.Location.Column - 1).StartsWith("\"[concat("), Is.True);
    }

    [Test]
    public void Strings_of_templates_may_have_raw_line_breaks()
    {
        Assert.That(Documents.Read(Template(Resource("\"[concat('a',\n 'b')]\""))).Diagnostics, Is.Empty);
        Assert.That(Documents.Actions("{\"A\":{\"type\":\"Compose\",\"inputs\":\"a\nb\"}}").Diagnostics.Single().Code, Is.EqualTo(DiagnosticCodes.LineBreakInString));
    }

    [TestCase("[[x]", "[x]")]
    [TestCase("[[x", "[[x")]
    [TestCase("[ERROR] went wrong", "[ERROR] went wrong")]
    public void Brackets_that_are_no_expression_are_text(string text, string expected) =>
        Assert.That(InputsOf(Documents.Read(Template(Resource(FlowValue.String(text).ToJson())))), Is.EqualTo(FlowValue.String(expected)));

    [Test]
    public void Variables_that_need_themselves_or_each_other_are_reported()
    {
        var document = Documents.Read(Template(Resource("\"[variables('a')]\""), """{"a":"[variables('b')]","b":"[variables('A')]"}"""));

        Assert.That(document.Diagnostics.Single().Message, Does.Contain("the template's variable 'A' needs itself"));
    }

    [Test]
    public void Variables_that_double_each_other_end_with_a_warning()
    {
        var variables = string.Join(",", Enumerable.Range(1, 60).Select(n => $"\"v{n}\":\"[createArray(variables('v{n - 1}'), variables('v{n - 1}'))]\""));

        Assert.That(Documents.Read(Template(Resource("\"[variables('v60')]\""), $$$$"""{"v0":"x",{{{{variables}}}}}""")).Diagnostics.Select(fault => fault.Code), Is.Not.Empty.And.All.EqualTo(DiagnosticCodes.TemplateUnresolved));
    }

    [Test]
    public void A_chain_of_thousands_of_variables_ends_with_a_warning()
    {
        var variables = string.Join(",", Enumerable.Range(1, 5000).Select(n => $"\"v{n}\":\"[variables('v{n - 1}')]\""));

        Assert.That(Documents.Read(Template(Resource("\"[variables('v5000')]\""), $$$$"""{"v0":"x",{{{{variables}}}}}""")).Diagnostics.Single().Code, Is.EqualTo(DiagnosticCodes.TemplateUnresolved));
    }
}
