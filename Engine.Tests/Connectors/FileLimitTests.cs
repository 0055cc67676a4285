using FlowEngine.Connectors;
using FlowEngine.Definitions;

namespace FlowEngine.Tests.Connectors;

/// <summary>Limits of servers that stand in the files beside a flow, and in no code. On virtual time, so that every moment is exact.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class FileLimitTests
{
    private const string Rows = """{ "/rows": { "get": { "operationId": "List", "responses": { "200": { "description": "ok" } } } } }""";

    [TestCase("connections.json", """{ "connections": { "shared_sales": { "limits": { "requests": 100, "period": "PT1S" } } } }""")]
    [TestCase("connections.json", """{ "connections": { "sales": { "limits": { "requests": 100 } } } }""")]
    [TestCase("environments/test.json", """{ "connections": { "sales": { "limits": { "requests": 100 } } } }""")]
    [TestCase("environments/test.json", """{ "hostLimits": { "api.example.test": { "requests": 100 } } }""")]
    [TestCase("environments/test.json", """{ "hostLimits": { "*.example.test": { "requests": 100 } } }""")]
    public async Task A_thousand_calls_through_one_connector_keep_to_the_rate_in_the_file(string file, string text)
    {
        var record = await RunAsync([(file, text)], Loop("shared_sales", 1000));

        Assert.Multiple(() =>
        {
            Assert.That(record["requests"].AsArray, Has.Count.EqualTo(1000));
            Assert.That(Seconds(record, "Loop_shared_sales"), Is.EqualTo(9));
        });
    }

    [Test]
    public async Task Without_a_limit_the_same_calls_take_no_time()
    {
        var record = await RunAsync([("connections.json", "{}"), ("environments/test.json", "{}")], Loop("shared_sales", 1000));

        Assert.That(Seconds(record, "Loop_shared_sales"), Is.Zero);
    }

    [Test]
    public async Task A_later_file_changes_single_members()
    {
        var record = await RunAsync(
            [
                ("connections.json", """{ "connections": { "sales": { "limits": { "requests": 100, "period": "PT1S" } } }, "hostLimits": { "api.example.test": { "requests": 1 } } }"""),
                ("environments/test.json", """{ "connections": { "sales": { "limits": { "period": "PT2S" } } }, "hostLimits": { "api.example.test": { "requests": 10000 } } }"""),
            ],
            Loop("sales", 300));

        Assert.That(Seconds(record, "Loop_sales"), Is.EqualTo(4));
    }

    [Test]
    public async Task Connections_to_one_host_count_by_themselves()
    {
        var record = await RunAsync(
            [("environments/test.json", """{ "connections": { "one": { "connector": "sales", "limits": { "requests": 100 } }, "two": { "connector": "sales", "limits": { "requests": 20 } }, "three": { "connector": "sales" } } }""")],
            Loop("one", 300) + "," + Loop("two", 300) + "," + Loop("three", 300));

        Assert.That((Seconds(record, "Loop_one"), Seconds(record, "Loop_two"), Seconds(record, "Loop_three")), Is.EqualTo((2, 14, 0)));
    }

    [Test]
    public async Task Actions_of_type_Http_keep_to_the_limit_of_their_host()
    {
        var record = await RunAsync(
            [("environments/test.json", """{ "hostLimits": { "api.other.test:8443": { "concurrency": 2 } } }""")],
            """ "Loop": { "type": "Foreach", "foreach": "@range(0, 10)", "actions": { "Get": { "type": "Http", "inputs": { "method": "GET", "uri": "https://api.other.test:8443/x" } } } } """,
            """[{ "respond": { "delay": "PT10S" } }]""");

        Assert.That(Seconds(record, "Loop"), Is.EqualTo(50));
    }

    [Test]
    public async Task A_server_that_fails_too_often_is_left_alone_as_the_file_says()
    {
        var record = await RunAsync(
            [("environments/test.json", """{ "connections": { "sales": { "limits": { "breaker": { "failureRatio": 0.5, "minimumRequests": 2, "sampling": "PT10S", "break": "PT1M" } } } } }""")],
            Loop("sales", 5, sequential: true),
            """[{ "respond": { "status": 500 } }]""");

        Assert.Multiple(() =>
        {
            Assert.That(record["requests"].AsArray, Has.Count.EqualTo(2));
            Assert.That(record["actions"]["Loop_sales"]["repetitions"].AsArray[4]["actions"]["Call_sales"]["error"]["message"].AsString, Does.Contain("no request is sent to it for PT1M"));
        });
    }

    [TestCase("""{ "connections": { "a": { "limits": 5 } } }""", DiagnosticCodes.ConnectionShape, "An object of limits was expected here, with requests, period, concurrency, breaker.")]
    [TestCase("""{ "connections": { "a": { "limits": { "request": 5 } } } }""", DiagnosticCodes.ConnectionMember, "Did you mean 'requests'?")]
    [TestCase("""{ "connections": { "a": { "limits": { "requests": 0 } } } }""", DiagnosticCodes.ConnectionShape, "'requests' must be a whole number from 1.")]
    [TestCase("""{ "connections": { "a": { "limits": { "requests": "100" } } } }""", DiagnosticCodes.ConnectionShape, "'requests' must be a whole number from 1.")]
    [TestCase("""{ "connections": { "a": { "limits": { "period": "00:00:01" } } } }""", DiagnosticCodes.ConnectionShape, "'period' must be an ISO 8601 duration")]
    [TestCase("""{ "hostLimits": { "h": { "breaker": { "failureRatio": 2 } } } }""", DiagnosticCodes.ConnectionShape, "'failureRatio' must be a number above 0 and up to 1.")]
    [TestCase("""{ "hostLimits": { "h": { "breaker": { "sampling": "PT0.1S" } } } }""", DiagnosticCodes.ConnectionShape, "half a second to a day")]
    [TestCase("""{ "hostLimits": { "h": { "breaker": { "breack": "PT1S" } } } }""", DiagnosticCodes.ConnectionMember, "Did you mean 'break'?")]
    [TestCase("""{ "hostLimits": [] }""", DiagnosticCodes.ConnectionShape, "'hostLimits' must be an object of names.")]
    public void Limits_that_make_no_sense_are_errors_of_the_file(string text, string code, string words)
    {
        using var shell = new Shell();

        var fault = ConnectionSettings.Check(shell.File("environments/test.json", text)).Single();

        Assert.That((fault.Code, fault.Severity), Is.EqualTo((code, DiagnosticSeverity.Error)));
        Assert.That($"{fault.Message} {fault.Suggestion}", Does.Contain(words));
        Assert.That(fault.Location.Column, Is.GreaterThan(1));
    }

    private static string Loop(string connection, int count, bool sequential = false) => $$"""
        "Loop_{{connection}}": { "type": "Foreach", "foreach": "@range(0, {{count}})", "runtimeConfiguration": { "concurrency": { "repetitions": {{(sequential ? 1 : 50)}} } }, "actions": {
            "Call_{{connection}}": { "type": "OpenApiConnection", "inputs": { "host": { "connectionName": "{{connection}}", "operationId": "List", "apiId": "/apis/shared_sales" }, "parameters": {}, "retryPolicy": { "type": "none" } } } } }
        """;

    private static async Task<FlowValue> RunAsync((string Name, string Text)[] files, string actions, string mocks = """[{ "respond": {} }]""")
    {
        using var shell = new Shell();
        var flow = shell.Flow("{" + actions + "}");
        shell.File("connectors/sales.openapi.json", ConnectorBench.Swagger(Rows));
        shell.File("mocks.json", mocks);
        foreach (var (name, text) in files) shell.File(name, text);
        string[] environment = File.Exists(shell.Path("environments/test.json")) ? ["--env", "test"] : [];

        var shown = await shell.CallAsync(["run", flow, "--json", "--virtual-time", "--now", "2026-03-01T08:00:00Z", "--mocks", shell.Path("mocks.json"), .. environment]);

        Assert.That(shown.Exit, Is.Zero.Or.EqualTo(3), shown.Error);
        return shown.Json;
    }

    private static int Seconds(FlowValue record, string action) =>
        (int)(Time(record["actions"][action]["endTime"]) - Time(record["startTime"])).TotalSeconds;

    private static DateTimeOffset Time(FlowValue text) => DateTimeOffset.Parse(text.AsString, System.Globalization.CultureInfo.InvariantCulture);
}
