using FlowEngine.Actions;
using FlowEngine.Tests.Engine;

namespace FlowEngine.Tests.Actions;

[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class TransformTests
{
    private const string Xslt = "<xsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'>";

    private const string Schema = """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
          <xs:element name="order"><xs:complexType><xs:sequence><xs:element name="n" type="xs:int" /></xs:sequence></xs:complexType></xs:element>
        </xs:schema>
        """;

    [Test]
    public async Task A_stylesheet_makes_a_content_object_that_xml_functions_take()
    {
        var run = await RunAsync(
            """
            {
              "Do": { "type": "Xslt", "inputs": { "content": "<order><n>5</n></order>", "map": { "source": "LogicApp", "name": "Order" }, "xsltParameters": { "p": 2 } } },
              "Read": { "type": "Compose", "inputs": "@xpath(xml(body('Do')), 'string(/bill/@sum)')", "runAfter": { "Do": ["Succeeded"] } }
            }
            """,
            ("Artifacts/Maps/Order.xslt", Xslt + "<xsl:param name='p'/><xsl:template match='/'><bill sum='{order/n * $p}'/></xsl:template></xsl:stylesheet>"));

        Assert.That(run.Action("Do").Status, Is.EqualTo(ActionStatus.Succeeded), run.Action("Do").Error?.Message);
        Assert.That(run.Action("Read").Outputs, Is.EqualTo(FlowValue.String("10")));
    }

    [Test]
    public async Task A_stylesheet_that_makes_text_gives_text()
    {
        var action = await DoAsync("Xslt", null, """{ "content": "<a>x</a>", "integrationAccount": { "map": { "name": "T.xslt" } }, "transformOptions": "GenerateTextOutput" }""",
            ("Artifacts/Maps/T.xslt", Xslt + "<xsl:output method='text'/><xsl:template match='/'><xsl:value-of select='a'/><xsl:text> </xsl:text>!</xsl:template></xsl:stylesheet>"));

        Assert.That(action.Outputs, Is.EqualTo(FlowValue.Parse("""{ "body": "x !" }""")), action.Error?.Message);
    }

    [TestCase("<xsl:template match='/'><xsl:call-template name='a'/></xsl:template><xsl:template name='a'><a><xsl:call-template name='a'/></a></xsl:template>", TestName = "A_template_that_calls_itself_fails_and_leaves_the_process_alive")]
    [TestCase("<xsl:template match='/'><xsl:call-template name='a'/></xsl:template><xsl:template name='a'><xsl:param name='p'/><xsl:call-template name='a'><xsl:with-param name='p' select='concat($p, 1)'/></xsl:call-template><xsl:value-of select='$p'/></xsl:template>", TestName = "A_template_that_calls_itself_with_parameters_fails")]
    [TestCase("<xsl:template match='/'><xsl:copy-of select='document(\"/etc/hostname\")'/></xsl:template>", TestName = "A_stylesheet_reads_no_other_document")]
    [TestCase("<xsl:include href='/etc/x.xslt'/>", TestName = "A_stylesheet_includes_no_other")]
    [TestCase("<xsl:template match='/'><xsl:nonsense/></xsl:template>", TestName = "A_stylesheet_with_errors_fails")]
    public async Task Stylesheets_that_fail(string rules)
    {
        var action = await DoAsync("Xslt", null, """{ "content": "<a/>", "map": { "name": "Bad" } }""", ("Artifacts/Maps/Bad.xslt", Xslt + rules + "</xsl:stylesheet>"));

        Assert.That((action.Status, action.Code), Is.EqualTo((ActionStatus.Failed, "XsltTransformFailed")));
    }

    /// <summary>Field report of XmlValidation: the content is required before anything else is looked at.</summary>
    [TestCase("Xslt")]
    [TestCase("XmlValidation")]
    [TestCase("Liquid")]
    public async Task Content_of_null_is_none(string type)
    {
        var action = await DoAsync(type, "JsonToText", """{ "content": "@null", "integrationAccount": { "map": { "name": "Nope" } } }""");

        Assert.That((action.Status, action.Code, action.Error?.Code), Is.EqualTo((ActionStatus.Failed, "BadRequest", "InvalidTemplate")));
        Assert.That(action.Error?.Message, Is.EqualTo("Unable to process template language expressions in action 'Do' inputs at line '0' and column '0': 'Required property 'content' expects a value but got null. Path ''.'."));
    }

    [TestCase("Xslt", "map", "MapNotFound")]
    [TestCase("XmlValidation", "schema", "SchemaNotFound")]
    [TestCase("Liquid", "map", "MapNotFound")]
    public async Task An_artifact_that_is_not_there_is_named(string type, string member, string code)
    {
        var action = await DoAsync(type, "XmlToText", $$"""{ "content": "<a/>", "{{member}}": { "name": "../Nowhere" } }""", ("Artifacts/Nowhere.xslt", "<a/>"));

        Assert.That((action.Status, action.Code, action.Error?.Message), Is.EqualTo((ActionStatus.Failed, code, action.Error?.Message)));
        Assert.That(action.Error?.Message, Does.Contain("../Nowhere"));
    }

    [TestCase("<order><n>5</n></order>", null)]
    [TestCase("<order><n>five</n></order>", "XmlValidationFailed")]
    [TestCase("<bill/>", "XmlValidationFailed")]
    [TestCase("<order>", "XmlValidationFailed")]
    [TestCase("<!DOCTYPE a [<!ENTITY e 'x'>]><order><n>5</n></order>", "XmlValidationFailed")]
    public async Task Content_is_validated_by_its_schema(string content, string? code)
    {
        var inputs = FlowValue.Object(("content", FlowValue.String(content)), ("schema", FlowValue.Object(("name", FlowValue.String("Order")))));
        var action = await DoAsync("XmlValidation", null, FlowJson.Write(inputs), ("Artifacts/Schemas/Order.xsd", Schema));

        Assert.That((action.Status, action.Code), Is.EqualTo(code is null ? (ActionStatus.Succeeded, "OK") : (ActionStatus.Failed, code)));
    }

    [TestCase("JsonToText", """{ "a": "ada", "l": [1, 2.5, true] }""", "{{ content.a | Capitalize }}{% for i in content.l %} {{ i }}{% endfor %}{{ content.none }}", "\"Ada 1 2.5 true\"")]
    [TestCase("JsonToJson", """{ "a": "x" }""", """{ "b": "{{ content.a }}", "n": {{ 1 | Plus: 2 }} }""", """{ "b": "x", "n": 3 }""")]
    [TestCase("XmlToJson", "\"<o><n>5</n><n>6</n></o>\"", "[{{ content.o.n | Join: ',' }}]", "[5, 6]")]
    [TestCase("XmlToText", "\"<o a='1'/>\"", "{{ content.o['@a'] }}", "\"1\"")]
    public async Task A_template_sees_its_input_as_content(string kind, string content, string map, string expected)
    {
        var action = await DoAsync("Liquid", kind, $$"""{ "content": {{content}}, "map": { "name": "M" } }""", ("Artifacts/Maps/M.liquid", map));

        Assert.That(action.Outputs, Is.EqualTo(FlowValue.Object(("body", FlowValue.Parse(expected)))), action.Error?.Message);
    }

    [TestCase(null, "x", "MissingLiquidActionKind")]
    [TestCase("JsonToPdf", "x", "InvalidLiquidActionKind")]
    [TestCase("JsonToJson", "{ no", "LiquidTransformFailed")]
    [TestCase("JsonToText", "{% if %}", "LiquidTransformFailed")]
    [TestCase("JsonToText", "{% include 'other' %}", "LiquidTransformFailed")]
    [TestCase("JsonToText", "{% for i in (1..100000000) %}{% endfor %}", "LiquidTransformFailed")]
    public async Task A_template_that_fails_says_so(string? kind, string map, string code)
    {
        var action = await DoAsync("Liquid", kind, """{ "content": {}, "map": { "name": "M" } }""", ("Artifacts/Maps/M.liquid", map));

        Assert.That((action.Status, action.Code), Is.EqualTo((ActionStatus.Failed, code)));
    }

    [Test]
    public void Artifacts_are_read_beside_the_workflow_and_nowhere_else()
    {
        var folder = Directory.CreateTempSubdirectory("flowengine").FullName;
        try
        {
            var workflow = Path.Combine(folder, "Order", "workflow.json");
            Directory.CreateDirectory(Path.Combine(folder, "Artifacts", "Maps"));
            Directory.CreateDirectory(Path.Combine(folder, "Order"));
            File.WriteAllText(workflow, "{}");
            File.WriteAllText(Path.Combine(folder, "Artifacts", "Maps", "M.liquid"), "map");
            File.WriteAllText(Path.Combine(folder, "secret"), "secret");
            File.CreateSymbolicLink(Path.Combine(folder, "Artifacts", "Maps", "Link.liquid"), Path.Combine(folder, "secret"));
            var artifacts = ArtifactFolder.Beside(workflow);

            Assert.That(
                new[] { "Artifacts/Maps/M.liquid", "Artifacts/Maps/Link.liquid", "Artifacts/../../secret", Path.Combine(folder, "secret") + "x", "Artifacts/Maps/None" }.Select(artifacts.Read),
                Is.EqualTo(new[] { "map", null, null, null, null }));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<ActionRecord> DoAsync(string type, string? kind, string inputs, params (string Path, string Text)[] files)
    {
        var kindMember = kind is null ? string.Empty : $"\"kind\": \"{kind}\", ";
        return (await RunAsync($$"""{ "Do": { "type": "{{type}}", {{kindMember}}"inputs": {{inputs}} } }""", files)).Action("Do");
    }

    private static Task<RunResult> RunAsync(string actions, params (string Path, string Text)[] files) =>
        Flow.RunAsync(actions, default, new RunOptions { Time = new VirtualTimeProvider(), Seed = 1, Artifacts = new Files(files) });

    private sealed class Files((string Path, string Text)[] files) : IArtifactSource
    {
        public string? Read(string path) => Array.Find(files, file => file.Path == path).Text;
    }
}
