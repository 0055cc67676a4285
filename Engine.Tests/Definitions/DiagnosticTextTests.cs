using FlowEngine.Definitions;

namespace FlowEngine.Tests;

[Parallelizable(ParallelScope.All)]
public class DiagnosticTextTests
{
    private const string FiveMistakes = """
        {
          "triggers": { "manual": { "type": "Request", "kind": "Http", "inputs": {} } },
          "actions": {
            "Get_orders": { "type": "Http", "inputs": { "method": "GET", "url": "https://erp.example/orders", "uri": "https://erp.example/orders" } },
            "Count": { "type": "InitializeVariable", "inputs": { "variables": [ { "name": "count", "type": "Int" } ] } },
            "Text": { "type": "Compose", "inputs": "Grüße: \"@{body('Get_order')?['name']}\" @{formatDate(utcNow(), 'd')}", "runAfter": { "Get_orders": ["Suceeded"] } }
          }
        }
        """;

    [Test]
    public void A_file_with_five_mistakes_reports_all_five_in_file_order()
    {
        var document = Documents.Read(FiveMistakes);

        var found = document.Diagnostics.Select(d => (d.Code, d.Location.Line, d.Location.Column, d.Suggestion));
        Assert.That(found, Is.EqualTo(new (string, int, int, string?)[]
        {
            (DiagnosticCodes.UnknownInput, 4, 66, "Did you mean 'uri'?"),
            (DiagnosticCodes.UnknownVariableType, 5, 100, "Did you mean 'Integer'?"),
            (DiagnosticCodes.UnknownAction, 6, 61, "Did you mean 'Get_orders'?"),
            (DiagnosticCodes.UnknownFunction, 6, 88, "Did you mean 'formatDateTime'?"),
            (DiagnosticCodes.RunAfterBadStatus, 6, 146, "Did you mean 'Succeeded'?"),
        }));
    }

    [TestCase("""{ "uri": "http://a", "authentication": { "type": "Raw", "value": "s3cret\"x", "other": "@parameters('x')" }, "body": "shown" }""", "", """{ "uri": "http://a", "authentication": { "type": "Raw", "value": "*********", "other": "@parameters('x')" }, "body": "shown" }""")]
    [TestCase("""  "passwrd": "s3cret",""", "/actions/A/inputs/authentication/passwrd", """  "passwrd": "******",""")]
    [TestCase("""  "password": "s3cret""", "/actions/A/x", """  "password": "******""")]
    [TestCase("""  "clientSecret" : "s3cret", "clientId": "id""", "", """  "clientSecret" : "******", "clientId": "id""")]
    [TestCase("""  "body": "shown", "value": 5""", "", """  "body": "shown", "value": 5""")]
    public void An_excerpt_shows_no_credentials(string line, string path, string shown)
    {
        var excerpt = SourceExcerpt.Of(line, new SourceLocation("flow.json", 1, 3, 4, path), null, 400);

        Assert.That(excerpt!.Value.Line, Is.EqualTo("1 | " + shown));
    }

    [Test]
    public void The_excerpt_has_carets_under_the_place_and_the_suggestion_behind_them()
    {
        var document = Documents.Read(FiveMistakes);

        Assert.That(DiagnosticText.Render(document, document.Diagnostics[2], 400).Split('\n'), Is.EqualTo(new[]
        {
            "flow.json(6,61): error FE2010: The action(s) 'Get_order' referenced by 'inputs' in action 'Text' are not defined in the template.",
            "6 | " + FiveMistakes.Split('\n')[5],
            "  | " + new string(' ', 60) + "^^^^^^^^^^^ Did you mean 'Get_orders'?",
        }));
    }

    [Test]
    public void A_long_line_is_cut_to_a_window_around_the_carets()
    {
        var document = Documents.Read(FiveMistakes);

        var lines = DiagnosticText.Render(document, document.Diagnostics[2], 80).Split('\n');

        Assert.That(lines[1], Has.Length.EqualTo(80));
        Assert.That(lines[1], Does.StartWith("6 | …").And.EndsWith("…"));
        Assert.That(lines[1].Substring(lines[2].IndexOf('^', StringComparison.Ordinal), 11), Is.EqualTo("'Get_order'"));
    }

    [Test]
    public void A_place_at_the_start_of_a_long_line_is_not_cut_before_it()
    {
        var document = Documents.Read("{\"actions\":{},\"x\":\"" + new string('y', 500) + "\"}");

        Assert.That(document.Excerpt(document.Locate("/actions"), null, 60)!.Value.Line, Does.StartWith("1 | {\"actions\":{},").And.EndsWith("…"));
    }

    [Test]
    public void Tabs_are_kept_so_that_the_carets_stand_right()
    {
        var document = Documents.Read("{\n\t\t\"actions\": 5, \"triggers\": {\"m\": {\"type\": \"Request\"}}, \"$schema\": \"workflowdefinition.json\"\n}");

        Assert.That(document.Excerpt(document.Locate("/actions"), null)!.Value.Carets, Is.EqualTo("  | \t\t           ^"));
    }

    [Test]
    public void Wide_letters_and_marks_keep_the_carets_aligned()
    {
        var document = Documents.Read("{\"名\": 1, \"e\u0301\": 2, \"actions\": {}}");

        var excerpt = document.Excerpt(document.LocateName("/actions"), null)!.Value;

        Assert.That(excerpt.Carets, Is.EqualTo("  | " + new string(' ', 18) + "^^^^^^^^^"));
    }

    [Test]
    public void Control_characters_of_a_file_are_not_printed() =>
        Assert.That(Documents.Read("{\"a\u001b[31m\": 1}").Diagnostics.Select(d => DiagnosticText.Render(Documents.Read("{\"a\u001b[31m\": 1}"), d)), Has.None.Contains('\u001b'));

    [Test]
    public void A_file_without_text_has_no_excerpt()
    {
        var document = Documents.Read("");

        Assert.That(DiagnosticText.Render(document, document.Diagnostics[0]), Is.EqualTo("flow.json(1,1): error FE1005: The file is empty; a workflow definition was expected."));
    }

    [Test]
    public void A_message_of_several_lines_stays_on_one()
    {
        var document = Documents.Actions("""{"A":{"type":"Compose","inputs":"@concat(\n'a' 'b')"}}""");

        Assert.That(DiagnosticText.Headline(document.Diagnostics[0]), Does.Not.Contain('\n'));
    }

    [Test]
    public void The_JSON_form_has_what_is_there_and_counts()
    {
        var json = DiagnosticJson.Of([Documents.Read(FiveMistakes), Documents.Actions("{}")]);

        Assert.That(json["files"].AsArray, Has.Count.EqualTo(2));
        Assert.That((json["errors"], json["warnings"]), Is.EqualTo((FlowValue.Integer(4), FlowValue.Integer(1))));
        Assert.That(json["files"][0]["diagnostics"][2], Is.EqualTo(FlowValue.Parse("""
            {"code":"FE2010","serviceCode":"InvalidTemplate","severity":"error",
             "message":"The action(s) 'Get_order' referenced by 'inputs' in action 'Text' are not defined in the template.",
             "line":6,"column":61,"endColumn":72,"path":"/actions/Text/inputs","action":"Text","suggestion":"Did you mean 'Get_orders'?"}
            """)));
        Assert.That(json["files"][1].ToJson(), Is.EqualTo("""{"file":"flow.json","diagnostics":[]}"""));
    }

    [Test]
    public void Codes_are_explained_once_each()
    {
        Assert.That(DiagnosticExplanations.All.Select(entry => entry.Code), Is.Unique.And.Ordered);
        Assert.That(DiagnosticExplanations.Find("fe2010")!.Summary, Does.Contain("does not exist"));
        Assert.That(DiagnosticExplanations.Find("FE9999"), Is.Null);
    }
}
