using FlowEngine.Definitions;

namespace FlowEngine.Tests;

/// <summary>Shapes in which people paste and keep definitions besides files of their own.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class LooseShapeTests
{
    [TestCase("""{"type":"Compose","inputs":"@nothere(1)","runAfter":{"Elsewhere":["Succeeded"]}}""", 1, 30)]
    [TestCase("""{"A":{"type":"Compose","inputs":"@nothere(1)","runAfter":{}}}""", 1, 35)]
    [TestCase("""{"id":"x","operationName":"A","operationDefinition":{"type":"Compose","inputs":"@nothere(1)","runAfter":{}}}""", 1, 82)]
    [TestCase("""{"nodeId":"S","serializedOperation":{"type":"Scope","actions":{"A":{"type":"Compose","inputs":"@nothere(1)"}}},"isScopeNode":true,"mslaNode":true}""", 1, 97)]
    public void A_fragment_is_read_where_it_stands(string text, int line, int column)
    {
        var document = Documents.Read(text);
        var unknown = document.Diagnostics.Single(diagnostic => diagnostic.Code == DiagnosticCodes.UnknownFunction);
        Assert.Multiple(() =>
        {
            Assert.That(document.HasErrors, Is.False);
            Assert.That((unknown.Location.Line, unknown.Location.Column), Is.EqualTo((line, column)));
        });
    }

    [Test]
    public async Task What_a_fragment_names_outside_is_mocked_by_name()
    {
        using var shell = new Shell();
        var fragment = shell.File("peek.json", """{"type":"Compose","inputs":"@concat(body('Get_it')?['name'], variables('end'))","runAfter":{"Get_it":["Succeeded"]}}""");
        var mocks = shell.File("mocks.json", """[{"action":"Get_it","respond":[{"status":"Succeeded","outputs":{"body":{"name":"Ada"}}}]}]""");
        var run = await shell.CallAsync("run", fragment, "--mocks", mocks, "--json");
        Assert.That(run.Json["actions"]["Compose"]["outputs"].AsStringOrNull, Is.EqualTo("Ada"), run.ToString());
    }

    [TestCase("""{"S":{"type":"Switch","expression":"@string('x')","cases":{"Development":{"case":"x","actions":{"A":{"type":"Compose","inputs":1}}}}}}""", "S,A", false, TestName = "A Switch")]
    [TestCase("""{"call":{"method":"GET","uri":"https://a.test"}}""", "call", true, TestName = "An untyped Http action")]
    [TestCase("""{"method":"GET","uri":"https://a.test"}""", "Http", true, TestName = "The inputs of an Http action")]
    [TestCase("""{"loop":{"forEach":"@createArray(1)","actions":{"A":{"type":"Compose","inputs":"@item()"}}}}""", "loop,A", true, TestName = "An untyped Foreach")]
    [TestCase("""{"pages":{"do":{"actions":{"A":{"type":"Compose","inputs":1},"B":{"type":"Compose","inputs":"@outputs('A')"}}},"until":"@equals(1, 1)"}}""", "pages,A,B", true, TestName = "An untyped Until")]
    [TestCase("""{"check":{"condition":"@equals(1, 1)","actions":{"A":{"type":"Compose","inputs":1}}}}""", "check,A", true, TestName = "An untyped If")]
    [TestCase("""{"retryPolicy":{"type":"none"},"handler":{"runAfter":{"Elsewhere":["Failed"]},"actions":{"A":{"type":"Compose","inputs":1}}}}""", "handler,A", true, TestName = "An untyped Scope beside a retry policy")]
    [TestCase("""{"actions":{"parts":{"text":"@{concat('a', 'b')}"}}}""", "parts", true, TestName = "Actions alone, of which none shows what it is")]
    public void Actions_by_name_are_a_fragment_also_in_forms_of_the_dialect(string text, string actions, bool isDialect)
    {
        var document = Documents.Read(text);
        Assert.Multiple(() =>
        {
            Assert.That(document.HasErrors, Is.False, string.Join('\n', document.Diagnostics));
            Assert.That(string.Join(',', document.Definition!.AllActions().Select(action => action.Name)), Is.EqualTo(actions));
            Assert.That(document.IsDialect, Is.EqualTo(isDialect));
        });
    }

    [TestCase("""{"parts":{"text":"@{concat('a', 'b')}"}}""")]
    [TestCase("""{"shop":{"name":"x","connectionReferences":{}}}""")]
    [TestCase("""{"request":{"method":"GET"}}""")]
    [TestCase("""{"actions":{"A":{"x":1}},"anything":1}""")]
    public void Other_json_is_no_fragment(string text) =>
        Assert.That(Documents.Read(text).Diagnostics.Single().Code, Is.EqualTo(DiagnosticCodes.UnknownKind));

    [Test]
    public void Definitions_by_name_are_no_actions()
    {
        var document = Documents.Read("""{"one":{"triggers":{"m":{"type":"Request"}},"actions":{"A":{"type":"Compose","inputs":1}}}}""");
        Assert.That(document.Definition?.Path, Is.EqualTo("/one"));
    }

    [Test]
    public async Task Actions_of_a_fragment_without_runAfter_wait_for_what_they_use()
    {
        using var shell = new Shell();
        var fragment = shell.File("peek.json", """
            {
              "Sign": { "type": "Compose", "inputs": { "stamp": "@{add(40, 2)}", "query": "@{concat('t=', variables('stamp'), variables('outside'))}" } },
              "Send": { "type": "Compose", "inputs": "@concat(outputs('Sign')['query'], variables('outside'), '&')" }
            }
            """);
        var run = await shell.CallAsync("run", fragment, "--json");
        Assert.That(run.Json["actions"]["Send"]["outputs"].AsStringOrNull, Is.EqualTo("t=42&"), run.ToString());
    }

    [Test]
    public void A_definition_kept_as_text_is_read_with_the_lines_of_its_text()
    {
        var clientdata = """{"properties":{"definition":{"triggers":{"m":{"type":"Request"}},"actions":{"A":{"type":"Compose","inputs":"@nothere(1)"}}}}}""";
        var document = Documents.Read("""{"value":[{"name":"Flow A","clientdata":""" + FlowValue.String(clientdata).ToJson() + "}]}");
        Assert.Multiple(() =>
        {
            Assert.That(document.File, Is.EqualTo("flow.json#/value/0/clientdata"));
            Assert.That(document.FlowName, Is.EqualTo("Flow A"));
            Assert.That(document.Text, Is.EqualTo(clientdata));
            Assert.That(document.Diagnostics.Select(diagnostic => diagnostic.Code), Has.Member(DiagnosticCodes.UnknownFunction));
        });
    }

    [Test]
    public void A_definition_deep_in_another_document_is_found()
    {
        var document = Documents.Read("""{"properties":{"workflow":{"name":"W","properties":{"definition":{"triggers":{"m":{"type":"Request"}},"actions":{"A":{"type":"Compose","inputs":1}}}}}}}""");
        Assert.That((document.Definition?.Path, document.FlowName), Is.EqualTo(("/properties/workflow/properties/definition", "W")));
    }

    [TestCase("__SITE_URL__")]
    [TestCase("#{SiteUrl}#")]
    [TestCase("${site_url}")]
    [TestCase("$(SiteUrl)")]
    [TestCase("{{site}}")]
    public void A_placeholder_is_said_once_and_is_text(string placeholder)
    {
        var document = Documents.Actions("""{"A":{"type":"Compose","inputs":["https://NAME/x","NAME"]}}""".Replace("NAME", placeholder, StringComparison.Ordinal));
        Assert.Multiple(() =>
        {
            Assert.That(document.HasErrors, Is.False);
            Assert.That(document.Diagnostics.Single().Code, Is.EqualTo(DiagnosticCodes.Placeholder));
            Assert.That(document.Diagnostics.Single().Message, Does.Contain(placeholder));
        });
    }

    [TestCase("__proto__")]
    [TestCase("a__b__c")]
    [TestCase("${}")]
    [TestCase("$(1 + 2)")]
    public void What_only_looks_like_a_placeholder_is_none(string text) =>
        Assert.That(Documents.Actions("""{"A":{"type":"Compose","inputs":"TEXT"}}""".Replace("TEXT", text, StringComparison.Ordinal)).Diagnostics, Is.Empty);

    [Test]
    public void A_template_default_that_spoils_an_expression_is_no_error()
    {
        var document = Documents.Read("""
            {"$schema":"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
             "parameters":{"group":{"type":"string","defaultValue":"Enter the id"}},
             "resources":[{"type":"Microsoft.Logic/workflows","name":"W","properties":{"definition":{"triggers":{"m":{"type":"Request"}},
               "actions":{"A":{"type":"Compose","inputs":"[concat('/teams/@{encodeURIComponent(', parameters('group'), ')}')]"}}}}}]}
            """);
        Assert.Multiple(() =>
        {
            Assert.That(document.HasErrors, Is.False);
            Assert.That(document.Diagnostics.Select(diagnostic => diagnostic.Code), Is.EqualTo(new[] { DiagnosticCodes.TemplateUnresolved }));
        });
    }
}
