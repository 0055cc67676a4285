using System.Text;
using FlowEngine.Testing;
using WireMock.Server;
using WireMock.Settings;

namespace FlowEngine.Tests;

/// <summary>Mappings of WireMock.Net: what that server itself answers is what we answer.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class WireMockNetMappingTests
{
    private const string Mappings = """
        [
          { "Request": { "Path": "/exact", "Methods": [ "GET" ] }, "Response": { "StatusCode": 201, "Body": "exact" } },
          { "Request": { "Path": { "Matchers": [ { "Name": "WildcardMatcher", "Pattern": "/wild/*", "IgnoreCase": true } ] }, "Methods": [ "get", "post" ] }, "Response": { "StatusCode": 202, "Body": "wild" } },
          { "Request": { "Path": { "Matchers": [ { "Name": "RegexMatcher", "Pattern": "^/reg/[0-9]+$" } ] } }, "Response": { "StatusCode": 203, "Body": "reg" } },
          { "Request": { "Path": "/params", "Params": [ { "Name": "q", "Matchers": [ { "Name": "ExactMatcher", "Pattern": "abc" } ] } ] }, "Response": { "StatusCode": 210, "Body": "params" } },
          { "Request": { "Path": "/headers", "Headers": [ { "Name": "x-key", "Matchers": [ { "Name": "WildcardMatcher", "Pattern": "abc*", "IgnoreCase": true } ], "IgnoreCase": true } ] }, "Response": { "StatusCode": 206, "Body": "headers" } },
          { "Request": { "Path": "/json", "Methods": [ "POST" ], "Body": { "Matcher": { "Name": "JsonMatcher", "Pattern": { "x": 42, "s": "t" } } } }, "Response": { "StatusCode": 207, "BodyAsJson": { "ok": true } } },
          { "Request": { "Path": "/partial", "Methods": [ "POST" ], "Body": { "Matcher": { "Name": "JsonPartialMatcher", "Pattern": { "x": { "y": 1 } } } } }, "Response": { "StatusCode": 208, "Body": "partial" } },
          { "Request": { "Path": "/path", "Methods": [ "POST" ], "Body": { "Matcher": { "Name": "JsonPathMatcher", "Pattern": "$.things[?(@.name == 'a')]" } } }, "Response": { "StatusCode": 226, "Body": "path" } },
          { "Request": { "Path": "/text", "Methods": [ "POST" ], "Body": { "Matcher": { "Name": "WildcardMatcher", "Pattern": "*needle*", "RejectOnMatch": false } } }, "Response": { "StatusCode": 299, "Body": "text" } },
          { "Request": { "Path": "/prio" }, "Priority": 5, "Response": { "StatusCode": 501 } },
          { "Request": { "Path": "/prio" }, "Priority": 1, "Response": { "StatusCode": 502 } }
        ]
        """;

    public static IEnumerable<TestCaseData> Requests()
    {
        yield return new TestCaseData("GET", "/exact", null, null);
        yield return new TestCaseData("POST", "/exact", "x", null);
        yield return new TestCaseData("GET", "/exact/more", null, null);
        yield return new TestCaseData("GET", "/WILD/things", null, null);
        yield return new TestCaseData("PUT", "/wild/things", "x", null);
        yield return new TestCaseData("GET", "/reg/12", null, null);
        yield return new TestCaseData("GET", "/reg/x", null, null);
        yield return new TestCaseData("GET", "/params?q=abc", null, null);
        yield return new TestCaseData("GET", "/params?q=abcd", null, null);
        yield return new TestCaseData("GET", "/headers", null, "ABC-7");
        yield return new TestCaseData("GET", "/headers", null, "xyz");
        yield return new TestCaseData("POST", "/json", """{ "s": "t", "x": 42 }""", null);
        yield return new TestCaseData("POST", "/json", """{ "s": "t", "x": 42, "z": 1 }""", null);
        yield return new TestCaseData("POST", "/partial", """{ "x": { "y": 1, "z": 2 }, "w": 0 }""", null);
        yield return new TestCaseData("POST", "/partial", """{ "x": { "y": 2 } }""", null);
        yield return new TestCaseData("POST", "/path", """{ "things": [ { "name": "a" } ] }""", null);
        yield return new TestCaseData("POST", "/path", """{ "things": [ { "name": "b" } ] }""", null);
        yield return new TestCaseData("POST", "/text", "hay needle hay", null);
        yield return new TestCaseData("POST", "/text", "hay", null);
        yield return new TestCaseData("GET", "/prio", null, null);
    }

    private WireMockServer _server = null!; // OneTimeSetUp

    [OneTimeSetUp]
    public void Start()
    {
        _server = WireMockServer.Start(new WireMockServerSettings());
        foreach (var mapping in FlowValue.Parse(Mappings).AsArray) _server.WithMapping(mapping.ToJson());
    }

    [OneTimeTearDown]
    public void Stop() => _server.Dispose();

    [TestCaseSource(nameof(Requests))]
    public async Task Answers_as_the_server_does(string method, string address, string? body, string? key)
    {
        using var real = new HttpClient();
        using var theirs = await real.SendAsync(Request(_server.Url!, method, address, body, key));
        using var mocked = new HttpMessageInvoker(new MockHttpHandler(MockSet.Parse(Mappings)));
        int status;
        var text = string.Empty;
        try
        {
            using var ours = await mocked.SendAsync(Request("https://x.example", method, address, body, key), CancellationToken.None);
            status = (int)ours.StatusCode;
            text = await ours.Content.ReadAsStringAsync();
        }
        catch (FlowEngine.Actions.RequestRefusedException)
        {
            status = 404; // The server's answer where no mapping fits.
        }

        Assert.That(status, Is.EqualTo((int)theirs.StatusCode));
        if (status != 404) Assert.That(text, Is.EqualTo(await theirs.Content.ReadAsStringAsync()));
    }

    [Test]
    public async Task Scenarios_go_from_state_to_state()
    {
        using var mocked = new HttpMessageInvoker(new MockHttpHandler(MockSet.Parse("""
            [
              { "Scenario": "s", "SetStateTo": "two", "Request": { "Path": "/a" }, "Response": { "Body": "first" } },
              { "Scenario": "s", "WhenStateIs": "two", "TimesInSameState": 2, "SetStateTo": "three", "Request": { "Path": "/a" }, "Response": { "Body": "second" } },
              { "Scenario": "s", "WhenStateIs": "three", "Request": { "Path": "/a" }, "Response": { "Body": "last" } }
            ]
            """)));
        var answers = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            using var answer = await mocked.SendAsync(Request("https://x.example", "GET", "/a", null, null), CancellationToken.None);
            answers.Add(await answer.Content.ReadAsStringAsync());
        }

        Assert.That(answers, Is.EqualTo(new[] { "first", "second", "second", "last", "last" }));
    }

    private static HttpRequestMessage Request(string host, string method, string address, string? body, string? key)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), host + address);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, body.StartsWith('{') ? "application/json" : "text/plain");
        if (key is not null) request.Headers.Add("x-key", key);
        return request;
    }
}
