using System.Text;

namespace FlowEngine.Tests;

[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class CommandLineValueTests : IDisposable
{
    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [TestCase("""{"id":7}""", """{"id":7}""")]
    [TestCase("42", "42")]
    [TestCase("-5", "-5")]
    [TestCase("null", "null")]
    [TestCase("hello", "\"hello\"")]
    [TestCase("007", "\"007\"")]
    [TestCase("NaN", "\"NaN\"")]
    [TestCase("{'id':7}", "\"{'id':7}\"")]
    [TestCase("", "\"\"")]
    [TestCase("/h", "\"/h\"")]
    public async Task A_body_is_JSON_or_else_text(string body, string expected)
    {
        var shown = await _shell.CallAsync("run", _shell.Flow(), "--json", "--body", body);

        Assert.That(shown.Echo["body"], Is.EqualTo(FlowValue.Parse(expected)));
        Assert.That(shown.Echo["headers"].ToJson(), Is.EqualTo("""{"Content-Type":"application/json"}"""));
    }

    [Test]
    public async Task Without_a_body_there_is_none_and_no_Content_Type() =>
        Assert.That((await _shell.CallAsync("run", _shell.Flow(), "--json")).Echo.ToJson(), Is.EqualTo("""{"headers":{}}"""));

    [Test]
    public async Task A_body_can_be_a_file_or_standard_input_or_follow_an_equals_sign()
    {
        var flow = _shell.Flow();
        var order = _shell.File("order.json", """{"id":7}""");

        var ofFile = await _shell.CallAsync("run", flow, "--json", "--body", "@" + order);
        var ofInput = await Shell.CallAsync(["run", flow, "--json", "--body", "@-"], """{"id":7}""");
        var joined = await _shell.CallAsync("run", flow, "--json", """--body={"id":7}""");

        Assert.That((ofFile.Echo["body"]["id"], ofInput.Echo["body"]["id"], joined.Echo["body"]["id"]), Is.EqualTo((FlowValue.Integer(7), FlowValue.Integer(7), FlowValue.Integer(7))));
    }

    [TestCase(new byte[] { 0xEF, 0xBB, 0xBF }, "utf-8")]
    [TestCase(new byte[] { 0xFF, 0xFE }, "utf-16")]
    public async Task A_byte_order_mark_is_no_part_of_the_body(byte[] mark, string encoding)
    {
        var body = _shell.File("body.json", [.. mark, .. Encoding.GetEncoding(encoding).GetBytes("""{"a":"ü"}""")]);

        Assert.That((await _shell.CallAsync("run", _shell.Flow(), "--json", "--body", "@" + body)).Echo["body"]["a"].AsString, Is.EqualTo("ü"));
    }

    [Test]
    public async Task A_binary_body_is_refused()
    {
        var shown = await _shell.CallAsync("run", _shell.Flow(), "--json", "--body", "@" + _shell.File("image.png", [0x89, 0x50, 0xFF, 0x00]));

        Assert.That((shown.Exit, shown.Out), Is.EqualTo((2, "")));
        Assert.That(shown.Error, Does.Contain("is not text"));
    }

    [Test]
    public async Task A_body_nested_thousands_deep_is_refused()
    {
        var body = _shell.File("deep.json", new string('[', 2000) + new string(']', 2000));

        var shown = await _shell.CallAsync("run", _shell.Flow(), "--json", "--body", "@" + body);

        Assert.That((shown.Exit, shown.Out), Is.EqualTo((2, "")));
        Assert.That(shown.Error, Does.StartWith("flow: --body can't be used: The reader's MaxDepth of 128 has been exceeded."));
    }

    [Test]
    public async Task A_form_is_read_back_by_its_Content_Type()
    {
        var shown = await _shell.CallAsync("run", _shell.Flow(), "--json", "--header", "Content-Type=application/x-www-form-urlencoded", "--body", "a=1&b=2");

        Assert.That(shown.Echo["body"]["$formdata"].ToJson(), Is.EqualTo("""[{"key":"a","value":"1"},{"key":"b","value":"2"}]"""));
    }

    [Test]
    public async Task Headers_and_queries_split_at_the_first_equals_sign_and_may_be_repeated()
    {
        var shown = await _shell.CallAsync("run", _shell.Flow(), "--json", "--header", "X-A=1=2", "--header", "X-B=", "--query", "q=a b&c", "--query", "r=%41");

        Assert.That(shown.Echo["headers"].ToJson(), Is.EqualTo("""{"X-A":"1=2","X-B":""}"""));
        Assert.That(shown.Echo["queries"].ToJson(), Is.EqualTo("""{"q":"a b&c","r":"%41"}"""));
    }

    [TestCase("String", "42", "\"42\"")]
    [TestCase("String", "true", "\"true\"")]
    [TestCase("String", "1.50", "\"1.50\"")]
    [TestCase("Int", "42", "42")]
    [TestCase("Array", "[1,2]", "[1,2]")]
    [TestCase("Object", """{"a":1}""", """{"a":1}""")]
    public async Task A_parameter_takes_the_type_that_is_declared(string type, string text, string expected)
    {
        var flow = _shell.Flow("""{ "Echo": { "type": "Compose", "inputs": "@parameters('id')" } }""", $$"""{ "id": { "type": "{{type}}" } }""");

        Assert.That((await _shell.CallAsync("run", flow, "--json", "--param", "id=" + text)).Echo, Is.EqualTo(FlowValue.Parse(expected)));
    }

    [TestCase("""{ "id": "file" }""")]
    [TestCase("""{ "id": { "type": "String", "value": "file" }, "other": { "type": "Int", "value": 1 } }""")]
    [TestCase("""{ "$schema": "x", "contentVersion": "1.0.0.0", "parameters": { "id": { "value": "file" } } }""")]
    [TestCase("""{ "parameters": { "ID": { "value": "file" } } }""")]
    public async Task A_parameters_file_has_one_of_three_forms_and_an_argument_wins_over_it(string content)
    {
        var flow = _shell.Flow("""{ "Echo": { "type": "Compose", "inputs": "@parameters('id')" } }""", """{ "id": { "type": "String", "defaultValue": "default" } }""");
        var file = _shell.File("parameters.json", content);

        Assert.That((await _shell.CallAsync("run", flow, "--json")).Echo.AsString, Is.EqualTo("default"));
        Assert.That((await _shell.CallAsync("run", flow, "--json", "--parameters", file)).Echo.AsString, Is.EqualTo("file"));
        Assert.That((await _shell.CallAsync("run", flow, "--json", "--parameters", file, "--param", "Id=argument")).Echo.AsString, Is.EqualTo("argument"));
    }

    [Test]
    public async Task Parameters_of_an_ARM_template_are_given_like_those_of_a_workflow()
    {
        var flow = _shell.File("template.json", """
            { "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
              "parameters": { "site": { "type": "string" }, "count": { "type": "int", "defaultValue": 1 }, "label": { "type": "string" } },
              "resources": [ { "type": "Microsoft.Logic/workflows", "name": "w", "properties": {
                "parameters": { "n": { "value": "[parameters('count')]" } },
                "definition": { "$schema": "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#",
                  "parameters": { "n": { "type": "Int" }, "own": { "type": "String", "defaultValue": "o" } }, "triggers": { "m": { "type": "Request" } },
                  "actions": { "Echo": { "type": "Compose", "inputs": ["[parameters('site')]", "@parameters('n')", "@parameters('own')", "[parameters('label')]"] } } } } } ] }
            """);
        var file = _shell.File("parameters.json", """{ "$schema": "x", "contentVersion": "1.0.0.0", "parameters": { "SITE": { "value": "s" }, "count": { "value": 2 } } }""");

        var shown = await _shell.CallAsync("run", flow, "--json", "--parameters", file, "--param", "count=3", "--param", "own=p", "--param", "label=7");

        Assert.That(shown.Exit, Is.Zero, shown.Error);
        Assert.That(shown.Echo, Is.EqualTo(FlowValue.Parse("""["s", 3, "p", "7"]""")));
        Assert.That((await _shell.CallAsync("run", flow, "--param", "cuont=1")).Error, Does.Contain("declares no parameter 'cuont'"));
    }

    [TestCase("consumption", "123")]
    [TestCase("standard", "123")]
    [TestCase("powerautomate", "312")]
    public async Task The_product_may_be_named_where_the_file_does_not_tell(string host, string order)
    {
        var flow = _shell.Flow("""
            { "V": { "type": "InitializeVariable", "inputs": { "variables": [ { "name": "s", "type": "String" } ] } },
              "L": { "type": "Foreach", "foreach": [3, 1, 2], "runAfter": { "V": ["Succeeded"] }, "actions": {
                "W": { "type": "Wait", "inputs": { "interval": { "unit": "Second", "count": "@item()" } } },
                "A": { "type": "AppendToStringVariable", "inputs": { "name": "s", "value": "@item()" }, "runAfter": { "W": ["Succeeded"] } } } },
              "Echo": { "type": "Compose", "inputs": "@variables('s')", "runAfter": { "L": ["Succeeded"] } } }
            """);

        var shown = await _shell.CallAsync("run", flow, "--json", "--virtual-time", "--host", host);

        Assert.That(shown.Echo.AsString, Is.EqualTo(order), shown.Error);
    }

    [TestCase("consumption", 2)]
    [TestCase("standard", 0)]
    public async Task Validation_knows_the_product_too(string host, int exit)
    {
        var flow = _shell.File("flow.json", """{ "triggers": { "T": { "type": "Request", "kind": "Http", "inputs": { "schema": { "type": "string", "pattern": "a" } } } }, "actions": {} }""");

        Assert.That((await _shell.CallAsync("validate", flow, "--host", host)).Exit, Is.EqualTo(exit));
        Assert.That((await _shell.CallAsync("validate", flow, "--host", "nowhere")).Exit, Is.EqualTo(1));
    }

    [Test]
    public async Task The_clock_starts_where_it_is_put_and_waits_take_no_virtual_time()
    {
        var flow = _shell.Flow("""
            { "W": { "type": "Wait", "inputs": { "interval": { "unit": "Day", "count": 3 } } },
              "Echo": { "type": "Compose", "inputs": "@utcNow()", "runAfter": { "W": ["Succeeded"] } } }
            """);

        var shown = await _shell.CallAsync("run", flow, "--json", "--virtual-time", "--now", "2026-01-01T10:00:00+02:00");

        Assert.That(shown.Echo.AsString, Is.EqualTo("2026-01-04T08:00:00.0000000Z"));
    }

    [Test]
    public async Task A_seed_fixes_chance()
    {
        var flow = _shell.Flow("""{ "Echo": { "type": "Compose", "inputs": "@concat(guid(), rand(0, 1000000))" } }""");
        string[] args = ["run", flow, "--json", "--virtual-time", "--now", "2026-01-01", "--seed", "7"];

        Assert.That((await _shell.CallAsync(args)).Out, Is.EqualTo((await _shell.CallAsync(args)).Out));
    }

    [Test]
    public async Task With_mocks_nothing_leaves_the_process()
    {
        var flow = _shell.Flow("""
            { "Known": { "type": "Http", "inputs": { "method": "GET", "uri": "https://api.example/rates" } },
              "Unknown": { "type": "Http", "inputs": { "method": "GET", "uri": "https://api.example/else" } } }
            """);
        var mocks = _shell.File("mocks.json", """[ { "match": { "uri": "https://api.example/rates" }, "respond": { "body": { "EUR": 0.92 } } } ]""");

        var shown = await _shell.CallAsync("run", flow, "--json", "--mocks", mocks);

        Assert.That(shown.Json["actions"]["Known"]["outputs"]["body"]["EUR"].AsDouble, Is.EqualTo(0.92));
        Assert.That(shown.Json["actions"]["Unknown"]["code"].AsString, Is.EqualTo("MockNotFound"));
    }

    [Test]
    public async Task Mocks_that_make_no_sense_are_an_invalid_input()
    {
        var shown = await _shell.CallAsync("run", _shell.Flow(), "--json", "--mocks", _shell.File("mocks.json", """[ { "mtach": {} } ]"""));

        Assert.That(shown.Exit, Is.EqualTo(2));
        Assert.That(shown.Json["errors"].AsInteger, Is.Positive);
    }
}
