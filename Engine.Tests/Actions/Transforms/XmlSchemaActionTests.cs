using System.Text;
using FlowEngine.Actions;
using FlowEngine.Tests.Engine;

namespace FlowEngine.Tests.Actions;

/// <summary>XmlParse and XmlCompose. The form of the JSON is that of definitions that read and write it.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class XmlSchemaActionTests
{
    private const string Schema = """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
          <xs:element name="Root"><xs:complexType><xs:sequence>
            <xs:element name="Customers"><xs:complexType><xs:sequence>
              <xs:element name="Customer" minOccurs="0" maxOccurs="unbounded"><xs:complexType><xs:sequence>
                <xs:element name="Name" type="xs:string" />
                <xs:element name="Note" type="xs:string" nillable="true" minOccurs="0" />
                <xs:element name="Phone" type="xs:string" minOccurs="0" maxOccurs="2" />
                <xs:element name="Price" minOccurs="0"><xs:complexType><xs:simpleContent><xs:extension base="xs:decimal"><xs:attribute name="unit" type="xs:string" /></xs:extension></xs:simpleContent></xs:complexType></xs:element>
              </xs:sequence><xs:attribute name="Id" type="xs:int" use="required" /></xs:complexType></xs:element>
            </xs:sequence></xs:complexType></xs:element>
            <xs:element name="Paid" type="xs:boolean" />
            <xs:element name="Freight" type="xs:decimal" />
            <xs:element name="Due" type="xs:dateTime" minOccurs="0" />
          </xs:sequence></xs:complexType></xs:element>
        </xs:schema>
        """;

    private const string Xml = """
        <Root>
          <Customers>
            <Customer Id="7"><Name>Ada</Name><Note xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true"/><Phone>1</Phone><Price unit="EUR">2.50</Price></Customer>
          </Customers>
          <Paid>true</Paid><Freight>100</Freight><Due>1999-05-31T13:20:00.000-05:00</Due>
        </Root>
        """;

    private const string Json = """
        { "Customers": [{ ":Attribute:Id": 7, "Name": "Ada", "Note": null, "Phone": ["1"], "Price": { ":Attribute:unit": "EUR", ":Text": 2.5 } }],
          "Paid": true, "Freight": 100.0, "Due": "1999-05-31T13:20:00.000-05:00" }
        """;

    [Test]
    public async Task Xml_becomes_json_by_the_types_of_its_schema()
    {
        var run = await ParseAsync(Xml);

        Assert.That(run.Action("Parse").Outputs, Is.EqualTo(FlowValue.Parse($$"""{ "body": { "json": {{Json}} } }""")), run.Action("Parse").Error?.Message);
    }

    [Test]
    public async Task Attributes_can_be_left_out()
    {
        var run = await ParseAsync(Xml, """ "jsonWriterSettings": { "ignoreAttributes": true }, """);

        Assert.That(run.Action("Parse").Outputs["body"]["json"]["Customers"][0], Is.EqualTo(FlowValue.Parse("""{ "Name": "Ada", "Note": null, "Phone": ["1"], "Price": 2.5 }""")));
    }

    [Test]
    public async Task An_element_that_repeats_is_an_array_also_without_any()
    {
        var run = await ParseAsync("<Root><Customers/><Paid>0</Paid><Freight>1</Freight></Root>");

        Assert.That(run.Action("Parse").Outputs["body"]["json"], Is.EqualTo(FlowValue.Parse("""{ "Customers": [], "Paid": false, "Freight": 1.0 }""")));
    }

    [TestCase("<Root><Paid>true</Paid></Root>", "Customers")]
    [TestCase("<Root", "not valid XML")]
    [TestCase("<Other/>", "'Other'")]
    public async Task Xml_that_does_not_match_fails_with_the_reason(string xml, string words)
    {
        var run = await ParseAsync(xml);

        Assert.That((run.Action("Parse").Status, run.Action("Parse").Code), Is.EqualTo((ActionStatus.Failed, "XmlParseFailed")));
        Assert.That(run.Action("Parse").Error!.Message, Does.Contain(words));
    }

    [Test]
    public async Task Json_becomes_xml_in_the_order_of_the_schema()
    {
        var xml = await ComposeAsync("""{ "Freight": 10.5, "Paid": false, "Due": null, "Customers": [{ "Name": "A&B", ":Attribute:Id": 7, "Note": null, "Phone": ["1", "2"] }, { ":Attribute:Id": "8", "Name": "" }] }""");

        Assert.That(xml, Is.EqualTo(
            """<?xml version="1.0" encoding="utf-8"?><Root><Customers><Customer Id="7"><Name>A&amp;B</Name><Phone>1</Phone><Phone>2</Phone></Customer><Customer Id="8"><Name></Name></Customer></Customers><Paid>false</Paid><Freight>10.5</Freight></Root>"""));
    }

    [Test]
    public async Task What_one_makes_the_other_reads()
    {
        var run = await RunAsync(
            """
            { "Parse": { "type": "XmlParse", "inputs": { "content": "@triggerBody()", "schema": { "source": "LogicApp", "name": "Order.xsd" } } },
              "Compose": { "type": "XmlCompose", "inputs": { "content": "@body('Parse')?['json']", "schema": { "name": "Order" } }, "runAfter": { "Parse": ["Succeeded"] } },
              "Again": { "type": "XmlParse", "inputs": { "content": "@body('Compose')?['xml']", "schema": { "name": "Order" } }, "runAfter": { "Compose": ["Succeeded"] } } }
            """,
            FlowValue.String(Xml));

        // A null stays one as long as the element may be missing.
        var expected = FlowValue.Parse(Json.Replace("\"Note\": null, ", "", StringComparison.Ordinal));
        Assert.That(run.Action("Again").Outputs["body"]["json"], Is.EqualTo(expected), run.Action("Compose").Error?.Message);
    }

    [Test]
    public async Task Dates_in_other_forms_are_written_in_the_form_that_is_asked_for()
    {
        var xml = await ComposeAsync("""{ "Customers": [], "Paid": true, "Freight": 1, "Due": "08-29-2024 00:00:00-07:00" }""", """ "DateTimeFormat": "yyyy-MM-ddTHH:mm:ssK", """);

        Assert.That(xml, Does.Contain("<Due>2024-08-29T00:00:00-07:00</Due>"));
    }

    [Test]
    public async Task Settings_of_the_writer_are_followed()
    {
        var run = await RunComposeAsync("""{ "Customers": [], "Paid": true, "Freight": 1 }""", """ "xmlWriterSettings": { "encoding": "iso-8859-1", "omitXmlDeclaration": true }, """);

        Assert.That(run.Action("Compose").Outputs["body"]["xml"]["$content-type"].AsString, Is.EqualTo("application/xml; charset=iso-8859-1"));
        Assert.That(Encoding.Latin1.GetString(Convert.FromBase64String(run.Action("Compose").Outputs["body"]["xml"]["$content"].AsString)), Does.StartWith("<Root>"));
    }

    [TestCase("""{ "Customers": [{ ":Attribute:Id": 1, "Nam": "x" }], "Paid": true, "Freight": 1 }""", "'/Root/Customers/Customer' has no element 'Nam' in the schema. Did you mean 'Name'?")]
    [TestCase("""{ "Customers": [{ ":Attribute:Ident": 1, "Name": "x" }], "Paid": true, "Freight": 1 }""", "no attribute 'Ident'")]
    [TestCase("""{ "Customers": [], "Paid": [true], "Freight": 1 }""", "'/Root/Paid' is of type 'Array'")]
    [TestCase("""{ "Customers": [], "Paid": "perhaps", "Freight": 1 }""", "does not match the schema")]
    [TestCase("""{ "Customers": [], "Paid": true }""", "Freight")]
    [TestCase("5", "'/Root' is of type 'Integer'")]
    public async Task Content_that_fits_no_schema_fails_with_its_place(string content, string words)
    {
        var run = await RunComposeAsync(content, string.Empty);

        Assert.That((run.Action("Compose").Status, run.Action("Compose").Code), Is.EqualTo((ActionStatus.Failed, "XmlComposeFailed")));
        Assert.That(run.Action("Compose").Error!.Message, Does.Contain(words));
    }

    [TestCase("XmlParse")]
    [TestCase("XmlCompose")]
    public async Task A_schema_that_is_not_there_or_none_is_told(string type)
    {
        var missing = await RunAsync($$"""{ "Do": { "type": "{{type}}", "inputs": { "content": "<a/>", "schema": { "name": "Gone" } } } }""");
        var broken = await RunAsync($$"""{ "Do": { "type": "{{type}}", "inputs": { "content": "<a/>", "schema": { "content": "<xs:nonsense xmlns:xs='http://www.w3.org/2001/XMLSchema'/>" } } } }""");

        Assert.That((missing.Action("Do").Code, broken.Action("Do").Code), Is.EqualTo(("SchemaNotFound", "InvalidXmlSchema")));
    }

    [Test]
    public async Task Flat_files_are_left_out_and_the_failure_says_so()
    {
        var run = await RunAsync("""{ "Do": { "type": "FlatFileDecoding", "inputs": { "content": "a,b", "schema": { "name": "F" } } } }""");

        Assert.That(run.Action("Do").Error!.Message, Does.Contain("'FlatFileDecoding'").And.Contain("Mock it"));
    }

    private static Task<RunResult> ParseAsync(string xml, string settings = "") =>
        RunAsync($$"""{ "Parse": { "type": "XmlParse", "inputs": { "content": "@triggerBody()", {{settings}} "schema": { "source": "LogicApp", "name": "Order.xsd" } } } }""", FlowValue.String(xml));

    private static async Task<string> ComposeAsync(string content, string settings = "")
    {
        var run = await RunComposeAsync(content, settings);
        Assert.That(run.Action("Compose").Status, Is.EqualTo(ActionStatus.Succeeded), run.Action("Compose").Error?.Message);
        return Encoding.UTF8.GetString(Convert.FromBase64String(run.Action("Compose").Outputs["body"]["xml"]["$content"].AsString));
    }

    private static Task<RunResult> RunComposeAsync(string content, string settings) =>
        RunAsync($$"""{ "Compose": { "type": "XmlCompose", "inputs": { "content": {{content}}, {{settings}} "schema": { "name": "Order" } } } }""");

    private static Task<RunResult> RunAsync(string actions, FlowValue body = default) =>
        Flow.RunAsync(actions, body, new RunOptions { Time = new VirtualTimeProvider(), Seed = 1, Artifacts = new OrderSchema() });

    private sealed class OrderSchema : IArtifactSource
    {
        public string? Read(string path) => path == "Artifacts/Schemas/Order.xsd" ? Schema : null;
    }
}
