using System.Text;
using FlowEngine.Definitions;

namespace FlowEngine.Tests.Definitions;

/// <summary>Only what is changed changes.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class DefinitionEditTests
{
    private const string Lines = "{\r\n\t\"actions\": {\r\n\t\t\"A\": { \"type\": \"Compose\",   \"inputs\": 1.50e2 }, // kept\r\n\t\t\"B\": {}\r\n\t},\r\n\t\"x\": [1, 2],\r\n\t\"y\": [\r\n\t\t1\r\n\t]\r\n}";

    [TestCase("/actions/A/inputs", "\"@x\"", "1.50e2", "\"@x\"")]
    [TestCase("/actions/A/runAfter", "{}", "1.50e2 }", "1.50e2, \"runAfter\": {} }")]
    [TestCase("/actions/C", "{\"type\":\"Wait\",\"inputs\":{}}", "\"B\": {}", "\"B\": {},\r\n\t\t\"C\": {\r\n\t\t\t\"type\": \"Wait\",\r\n\t\t\t\"inputs\": {}\r\n\t\t}")]
    [TestCase("/actions/B/type", "\"Compose\"", "\"B\": {}", "\"B\": {\r\n\t\t\t\"type\": \"Compose\"\r\n\t\t}")]
    [TestCase("/x/1", "3", "[1, 2]", "[1, 3]")]
    [TestCase("/x/-", "3", "[1, 2]", "[1, 2, 3]")]
    [TestCase("/y/1", "2", "1\r\n\t]", "1,\r\n\t\t2\r\n\t]")]
    public void A_value_is_set(string pointer, string value, string before, string after)
    {
        Assert.That(new DefinitionEdit(Lines).Set(pointer, FlowValue.Parse(value)).Text, Is.EqualTo(Lines.Replace(before, after)));
    }

    [TestCase("/actions/A/inputs", ",   \"inputs\": 1.50e2", "")]
    [TestCase("/actions/A/type", "\"type\": \"Compose\",   ", "")]
    [TestCase("/x", ",\r\n\t\"x\": [1, 2]", "")]
    [TestCase("/y/0", "\r\n\t\t1", "")]
    [TestCase("/x/0", "1, 2", "2")]
    public void A_value_is_removed(string pointer, string before, string after)
    {
        Assert.That(new DefinitionEdit(Lines).Remove(pointer).Text, Is.EqualTo(Lines.Replace(before, after)));
    }

    [Test]
    public void One_line_stays_one_line()
    {
        var edit = new DefinitionEdit("""{"a":{"b":1},"c":[]}""").Set("/a/d", FlowValue.Parse("""{"e":[1]}""")).Set("/c/0", 1).Set("/f", true).Remove("/a/b");

        Assert.That(edit.Text, Is.EqualTo("""{"a":{"d":{"e":[1]}},"c":[1],"f":true}"""));
    }

    [TestCase("/z/a")]
    [TestCase("/x/7")]
    [TestCase("/x/0/a")]
    public void A_place_that_is_none_is_refused(string pointer)
    {
        Assert.That(() => new DefinitionEdit(Lines).Set(pointer, 1), Throws.ArgumentException.With.Message.Contains(pointer));
        Assert.That(() => new DefinitionEdit(Lines).Remove(pointer), Throws.ArgumentException);
    }

    [Test]
    public void A_file_keeps_its_encoding_and_what_the_model_names_is_the_place()
    {
        using var shell = new Shell();
        var text = """{ "triggers": {}, "actions": { "Ä": { "type": "Compose", "inputs": 1 } } }""";
        var file = shell.File("flow.json", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(text)]);
        var document = Workflow.ReadDocument(file);

        new DefinitionEdit(document).Set(document.Definition!.Root.Actions[0].Path + "/inputs", 2).Save(file);

        Assert.That(File.ReadAllBytes(file), Is.EqualTo((byte[])[.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(text.Replace("1", "2"))]));
    }

    [TestCase("""{ "uri": "https://__HOST__/#{path}#?${q}&$(q)&{{ q }}" }""", """{ "uri": "https://a.example/b\"c?1&1&1" }""")]
    [TestCase("""{ "n": __Q__, "o": {{q}}, "t": #{host}# }""", """{ "n": 1, "o": 1, "t": "a.example" }""")]
    [TestCase("""{ "__HOST__": 1, "Blob_#host#": "\"__q__" }""", """{ "a.example": 1, "Blob_a.example": "\"1" }""")]
    [TestCase("""{ "other": "__OTHER__ #other# __proto__ # q # __Q", "c": "#{q" }""", """{ "other": "__OTHER__ #other# __proto__ 1 __Q", "c": "#{q" }""")]
    [TestCase("""{ "two": "__MY__NAME__ __MY" }""", """{ "two": "x __MY" }""")]
    public void Placeholders_get_values(string text, string filled)
    {
        var options = new WorkflowOptions { Placeholders = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["host"] = "a.example", ["path"] = "b\"c", ["q"] = "1", ["my__name"] = "x" } };

        Assert.That(Workflow.Read(text, options: options).Text, Is.EqualTo(filled));
    }

    [Test]
    public async Task A_template_becomes_a_flow_by_its_values()
    {
        using var shell = new Shell();
        var flow = shell.File("flow.json", """{ "triggers": { "m": { "type": "Request" } }, "actions": { "Echo": { "type": "Compose", "inputs": { "n": {{count}}, "s": "#{site}#" } } } }""");

        var without = await shell.CallAsync("validate", flow);
        var with = await shell.CallAsync("run", flow, "--placeholder", "count=3", "--placeholder", "site=https://a.example", "--json");
        var valid = await shell.CallAsync("validate", flow, "--placeholder", "count=3", "--placeholder", "site=x", "--json");

        Assert.That((without.Exit, without.Out.Contains("FE1015", StringComparison.Ordinal)), Is.EqualTo((2, true)), without.ToString());
        Assert.That(with.Echo, Is.EqualTo(FlowValue.Parse("""{ "n": 3, "s": "https://a.example" }""")));
        Assert.That((valid.Exit, valid.Json["files"][0]["diagnostics"].AsArray.Count), Is.EqualTo((0, 0)));
    }
}
