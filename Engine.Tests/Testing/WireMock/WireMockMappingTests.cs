using System.Net;
using System.Text;
using FlowEngine.Actions;
using FlowEngine.Testing;

namespace FlowEngine.Tests;

/// <summary>Mapping files of WireMock: what answers, by the documentation of wiremock.org (request matching, stubbing, stateful behaviour).</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class WireMockMappingTests
{
    private static async Task<string> AskAsync(MockSet mocks, string method, string uri, string? body = null, params (string Name, string Value)[] headers)
    {
        using var client = new HttpMessageInvoker(new MockHttpHandler(mocks));
        return await AskAsync(client, method, uri, body, headers);
    }

    private static async Task<string> AskAsync(HttpMessageInvoker client, string method, string uri, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), uri);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        try
        {
            using var response = await client.SendAsync(request, CancellationToken.None);
            return $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}".TrimEnd();
        }
        catch (RequestRefusedException e)
        {
            return e.Message;
        }
    }

    private static MockSet Stub(string request) => MockSet.Parse($$"""{ "request": {{request}}, "response": { "status": 200 } }""");

    [TestCase("""{ "url": "/a?b=1" }""", "https://x.example/a?b=1", true)]
    [TestCase("""{ "url": "/a" }""", "https://x.example/a?b=1", false)]
    [TestCase("""{ "urlPath": "/a" }""", "https://x.example/a?b=1", true)]
    [TestCase("""{ "urlPath": "/a" }""", "https://x.example/a/b", false)]
    [TestCase("""{ "urlPattern": "/a/[0-9]+\\?b=.*" }""", "https://x.example/a/12?b=1", true)]
    [TestCase("""{ "urlPattern": "/a" }""", "https://x.example/a?b=1", false, Description = "the whole must fit")]
    [TestCase("""{ "urlPathPattern": "/a/[a-z]+" }""", "https://x.example/a/bc?d=1", true)]
    [TestCase("""{ "urlPathTemplate": "/orders/{id}/lines" }""", "https://x.example/orders/7/lines", true)]
    [TestCase("""{ "urlPathTemplate": "/orders/{id}", "pathParameters": { "id": { "matches": "[0-9]+" } } }""", "https://x.example/orders/x", false)]
    [TestCase("""{ "urlPath": "/a", "queryParameters": { "b": { "contains": "ä" }, "c": { "absent": true } } }""", "https://x.example/a?b=x%C3%A4&d=1", true)]
    [TestCase("""{ "urlPath": "/a", "queryParameters": { "b": { "equalTo": "2" } } }""", "https://x.example/a?b=1&b=2", true, Description = "one of several values")]
    [TestCase("""{ "urlPath": "/a", "queryParameters": { "b": { "equalTo": "2" } } }""", "https://x.example/a", false)]
    [TestCase("""{ "host": { "equalTo": "x.example" }, "scheme": "https" }""", "https://x.example/any", true)]
    [TestCase("""{ "host": { "equalTo": "y.example" } }""", "https://x.example/any", false)]
    public async Task Addresses(string request, string uri, bool fits) =>
        Assert.That(await AskAsync(Stub(request), "GET", uri), fits ? Is.EqualTo("200") : Does.StartWith("No mock answers"));

    [TestCase("""{ "matchesXPath": "/order[@id = 7]/line" }""", true)]
    [TestCase("""{ "matchesXPath": "count(/order/line) = 2" }""", true)]
    [TestCase("""{ "matchesXPath": "count(/order/line) = 3" }""", false)]
    [TestCase("""{ "matchesXPath": { "expression": "//line/text()", "contains": "ale" } }""", true)]
    [TestCase("""{ "matchesXPath": { "expression": "//line/text()", "equalTo": "rye" } }""", false)]
    [TestCase("""{ "matchesXPath": "/order/x:note", "xPathNamespaces": { "x": "urn:notes" } }""", true)]
    [TestCase("""{ "matchesXPath": "/order/note" }""", false, Description = "a name without its namespace")]
    public async Task XPaths(string matcher, bool fits)
    {
        var mocks = Stub($$"""{ "url": "/a", "bodyPatterns": [ {{matcher}} ] }""");

        Assert.That(await AskAsync(mocks, "POST", "https://x.example/a", """<order id="7"><line>pale ale</line><line>stout</line><note xmlns="urn:notes">now</note></order>"""), fits ? Is.EqualTo("200") : Does.StartWith("No mock answers"));
        Assert.That(await AskAsync(mocks, "POST", "https://x.example/a", "no XML"), Does.StartWith("No mock answers"));
        Assert.That(await AskAsync(mocks, "POST", "https://x.example/a", """<!DOCTYPE order [<!ENTITY e "x">]><order id="7"><line>pale ale &e;</line></order>"""), Does.StartWith("No mock answers"), "a document type is refused");
    }

    [TestCase("/order[", "is no XPath that can be read here")]
    [TestCase("/x:order", "is no XPath that can be read here")]
    public void An_XPath_that_is_none_has_its_place(string path, string words) =>
        Assert.That(() => Stub($$"""{ "url": "/a", "bodyPatterns": [ { "matchesXPath": "{{path}}" } ] }"""), Throws.TypeOf<MockFormatException>().With.Message.Contains("mocks.json(1,").And.Message.Contains(words));

    [TestCase("""{ "equalTo": "text/plain" }""", "Text/Plain", false)]
    [TestCase("""{ "equalTo": "text/plain", "caseInsensitive": true }""", "Text/Plain", true)]
    [TestCase("""{ "contains": "plain" }""", "text/plain", true)]
    [TestCase("""{ "doesNotContain": "plain" }""", "text/plain", false)]
    [TestCase("""{ "matches": "text/.+" }""", "text/plain", true)]
    [TestCase("""{ "matches": "text" }""", "text/plain", false)]
    [TestCase("""{ "doesNotMatch": "text/.+" }""", "text/plain", false)]
    [TestCase("""{ "absent": true }""", "text/plain", false)]
    [TestCase("""{ "and": [ { "contains": "text" }, { "contains": "plain" } ] }""", "text/plain", true)]
    [TestCase("""{ "or": [ { "equalTo": "a" }, { "matches": "t.*" } ] }""", "text/plain", true)]
    [TestCase("""{ "not": { "contains": "plain" } }""", "text/plain", false)]
    public async Task Headers(string matcher, string value, bool fits) => Assert.That(
        await AskAsync(Stub($$"""{ "headers": { "x-kind": {{matcher}} } }"""), "GET", "https://x.example/", null, ("X-Kind", value)),
        fits ? Is.EqualTo("200") : Does.StartWith("No mock answers"));

    [TestCase("""{ "equalToJson": { "a": 1, "b": [ 1, 2 ] } }""", """{ "b": [ 1, 2 ], "a": 1 }""", true)]
    [TestCase("""{ "equalToJson": "{ \"a\": 1 }" }""", """{ "a": 1, "c": 2 }""", false)]
    [TestCase("""{ "equalToJson": { "a": 1 }, "ignoreExtraElements": true }""", """{ "a": 1, "c": 2 }""", true)]
    [TestCase("""{ "equalToJson": [ 1, 2 ] }""", "[ 2, 1 ]", false)]
    [TestCase("""{ "equalToJson": [ 1, 2 ], "ignoreArrayOrder": true }""", "[ 2, 1 ]", true)]
    [TestCase("""{ "equalToJson": { "a": "${json-unit.any-number}", "b": "${json-unit.ignore}" } }""", """{ "a": 7, "b": {} }""", true)]
    [TestCase("""{ "matchesJsonPath": "$.items[?(@.id == 7)]" }""", """{ "items": [ { "id": 7 } ] }""", true)]
    [TestCase("""{ "matchesJsonPath": "$.items[?(@.id == 8)]" }""", """{ "items": [ { "id": 7 } ] }""", false)]
    [TestCase("""{ "matchesJsonPath": { "expression": "$.name", "contains": "lic" } }""", """{ "name": "Alice" }""", true)]
    [TestCase("""{ "matchesJsonPath": { "expression": "$.name", "equalTo": "Bob" } }""", """{ "name": "Alice" }""", false)]
    [TestCase("""{ "matchesJsonPath": { "expression": "$.none", "absent": true } }""", """{ "name": "Alice" }""", true)]
    [TestCase("""{ "contains": "Alice" }""", """{ "name": "Alice" }""", true)]
    [TestCase("""{ "binaryEqualTo": "W10=" }""", "[]", true)]
    [TestCase("""{ "not": { "matchesJsonPath": "$.name" } }""", """{ "name": 1 }""", false)]
    public async Task Bodies(string matcher, string body, bool fits) => Assert.That(
        await AskAsync(Stub($$"""{ "method": "POST", "bodyPatterns": [ {{matcher}} ] }"""), "POST", "https://x.example/", body),
        fits ? Is.EqualTo("200") : Does.StartWith("No mock answers"));

    [Test]
    public async Task The_lower_number_answers_first_and_of_the_same_the_later_stub()
    {
        var mocks = MockSet.Parse("""
            { "mappings": [
              { "request": { "urlPath": "/a" }, "response": { "status": 201 } },
              { "request": { "urlPattern": "/.*" }, "response": { "status": 202 }, "priority": 1 },
              { "request": { "urlPath": "/a" }, "response": { "status": 203 } },
              { "request": { "urlPath": "/a" }, "response": { "status": 204 }, "priority": 9 }
            ] }
            """);

        Assert.That(mocks.Http.Select(mock => mock.Responses[0].Status), Is.EqualTo(new[] { 202, 203, 201, 204 }));
        Assert.That(await AskAsync(mocks, "GET", "https://x.example/a"), Is.EqualTo("202"));
    }

    [Test]
    public async Task Scenarios_go_from_state_to_state()
    {
        using var client = new HttpMessageInvoker(new MockHttpHandler(MockSet.Parse("""
            [
              { "scenarioName": "job", "requiredScenarioState": "Started", "newScenarioState": "busy", "request": { "method": "POST", "url": "/jobs" }, "response": { "status": 202 } },
              { "scenarioName": "job", "requiredScenarioState": "busy", "newScenarioState": "done", "request": { "method": "GET", "url": "/jobs/1" }, "response": { "jsonBody": { "state": "busy" } } },
              { "scenarioName": "job", "requiredScenarioState": "done", "request": { "method": "GET", "url": "/jobs/1" }, "response": { "jsonBody": { "state": "done" } } }
            ]
            """)));

        Assert.That(await AskAsync(client, "GET", "https://x.example/jobs/1"), Does.Contain("the scenario 'job' is in state 'Started', not 'done'").Or.Contain("is in state 'Started', not 'busy'"));
        Assert.That(await AskAsync(client, "POST", "https://x.example/jobs", "{}"), Is.EqualTo("202"));
        Assert.That(await AskAsync(client, "GET", "https://x.example/jobs/1"), Is.EqualTo("""200 {"state":"busy"}"""));
        Assert.That(await AskAsync(client, "GET", "https://x.example/jobs/1"), Is.EqualTo("""200 {"state":"done"}"""));
        Assert.That(await AskAsync(client, "GET", "https://x.example/jobs/1"), Is.EqualTo("""200 {"state":"done"}"""));
    }

    [Test]
    public async Task Responses_have_status_headers_bodies_delays_and_faults()
    {
        var run = await FlowTest.Parse("""
            {
              "triggers": { "manual": { "type": "Request", "inputs": {} } },
              "actions": {
                "Get": { "type": "Http", "inputs": { "method": "GET", "uri": "https://x.example/slow", "retryPolicy": { "type": "none" } } },
                "Reset": { "type": "Http", "inputs": { "method": "GET", "uri": "https://x.example/reset", "retryPolicy": { "type": "none" } }, "runAfter": { "Get": [ "Succeeded" ] } },
                "Bytes": { "type": "Http", "inputs": { "method": "GET", "uri": "https://x.example/bytes" }, "runAfter": { "Reset": [ "Failed" ] } }
              }
            }
            """).WithMocks(MockSet.Parse("""
            [
              { "request": { "url": "/slow" }, "response": { "status": 201, "headers": { "x-many": [ "a", "b" ] }, "jsonBody": { "a": 1 }, "fixedDelayMilliseconds": 7000 } },
              { "request": { "url": "/reset" }, "response": { "fault": "CONNECTION_RESET_BY_PEER" } },
              { "request": { "url": "/bytes" }, "response": { "base64Body": "aGFsbG8=", "headers": { "Content-Type": "text/plain" } } }
            ]
            """)).RunAsync();

        Assert.That((run["Get"].Body.ToJson(), run["Get"].Outputs["headers"]["x-many"].AsString, run["Get"].Code, run.Elapsed), Is.EqualTo(("""{"a":1}""", "a,b", "Created", TimeSpan.FromSeconds(7))));
        Assert.That((run["Reset"].Status, run["Bytes"].Body.AsString), Is.EqualTo((ActionStatus.Failed, "hallo")));
    }

    [Test]
    public void A_folder_is_read_whole_with_the_bodies_in___files()
    {
        using var shell = new Shell();
        Directory.CreateDirectory(shell.Path("stubs/mappings/deep"));
        Directory.CreateDirectory(shell.Path("stubs/__files"));
        shell.File("stubs/__files/a.json", """{ "from": "file" }""");
        shell.File("stubs/mappings/a.json", """{ "request": { "url": "/a" }, "response": { "bodyFileName": "a.json" } }""");
        shell.File("stubs/mappings/deep/b.json", """{ "Request": { "Path": "/b" }, "Response": { "BodyAsFile": "a.json" } }""");
        shell.File("stubs/own.json", """[ { "match": {}, "respond": 404 } ]""");

        var mocks = MockSet.Load(shell.Path("stubs"));

        Assert.That(mocks.Http, Has.Count.EqualTo(3));
        Assert.That(mocks.Http[0].Responses[0].Status, Is.EqualTo(404), "our own come first");
        Assert.That(mocks.Http.Skip(1).Select(mock => Encoding.UTF8.GetString(mock.Responses[0].Body.Span)), Is.All.EqualTo("""{ "from": "file" }"""));
    }

    [TestCase("""{ "request": { "url": "/a" }, "response": { "bodyFileName": "../secret.txt" } }""", "FE7003", "must be a path below '__files'")]
    [TestCase("""{ "request": { "url": "/a" }, "response": { "bodyFileName": "/etc/passwd" } }""", "FE7003", "must be a path below '__files'")]
    [TestCase("""{ "request": { "url": "/a", "bodyPatterns": [ { "equalToXml": "<a/>" } ] }, "response": {} }""", "FE7050", "The matcher 'equalToXml'")]
    [TestCase("""{ "request": { "url": "/a", "urlPath": "/a" }, "response": {} }""", "FE7002", "A request has one of url, urlPath")]
    [TestCase("""{ "request": { "urlPatern": "/a" }, "response": {} }""", "FE7001", "no member 'urlPatern'")]
    [TestCase("""{ "request": { "urlPattern": "(" }, "response": {} }""", "FE7002", "no regular expression")]
    [TestCase("""{ "request": {}, "response": { "proxyBaseUrl": "http://y.example" } }""", "FE7050", "'proxyBaseUrl' of a WireMock mapping is not supported")]
    [TestCase("""{ "request": {}, "response": { "body": "{{request.url}}", "transformers": [ "response-template" ] } }""", "FE7050", "A response template")]
    [TestCase("""{ "request": {}, "response": {}, "postServeActions": [ {} ] }""", "FE7050", "'postServeActions'")]
    [TestCase("""{ "request": { "bodyPatterns": [ { "matchesJsonPath": "$.[" } ] }, "response": {} }""", "FE7002", "no JSONPath")]
    [TestCase("""{ "request": { "headers": { "a": { "equalTo": "x", "contains": "y" } } }, "response": {} }""", "FE7002", "with one of equalTo")]
    [TestCase("""{ "request": {}, "response": { "delayDistribution": { "type": "lognormal", "median": 1, "sigma": 1 } } }""", "FE7050", "The delay 'lognormal'")]
    [TestCase("""{ "Request": { "Path": "/a", "Body": { "Matcher": { "Name": "LinqMatcher", "Pattern": "x" } } }, "Response": {} }""", "FE7050", "The matcher 'LinqMatcher'")]
    [TestCase("""{ "Request": { "Path": "/a" }, "Response": { "ProxyUrl": "http://y.example" } }""", "FE7050", "'ProxyUrl'")]
    public void What_is_not_understood_is_told_with_file_and_place(string mapping, string code, string message)
    {
        using var shell = new Shell();
        var file = shell.File("stub.json", mapping);

        var fault = Assert.Throws<MockFormatException>(() => MockSet.Load(file))!.Diagnostics[0];

        Assert.That((fault.Code, fault.Location.File), Is.EqualTo((code, file)));
        Assert.That(fault.Message, Does.Contain(message));
        Assert.That(fault.Location.Column, Is.GreaterThan(1).Or.EqualTo(1));
    }

    [Test]
    public async Task The_command_takes_a_folder_of_mappings()
    {
        using var shell = new Shell();
        Directory.CreateDirectory(shell.Path("stubs"));
        shell.File("stubs/a.json", """{ "request": { "method": "GET", "urlPath": "/a" }, "response": { "status": 418 } }""");
        shell.Flow("""{ "Get": { "type": "Http", "inputs": { "method": "GET", "uri": "https://x.example/a" } } }""");

        var shown = await shell.CallAsync("run", shell.Path("flow.json"), "--mocks", shell.Path("stubs"), "--json");

        Assert.That(shown.Json["requests"][0]["statusCode"], Is.EqualTo(FlowValue.Integer(418)));
    }
}
