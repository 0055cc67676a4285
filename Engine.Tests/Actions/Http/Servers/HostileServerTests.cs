using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using FlowEngine.Actions;
using FlowEngine.Connectors;
using FlowEngine.Tests.Connectors;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace FlowEngine.Tests;

/// <summary>
/// The same flow against a server that fails in every way: it never hangs, never loses a record, never prints a secret. Secrets go out in headers, cookies,
/// addresses and bodies, and by each kind of authentication; the server sends back whatever it got.
/// </summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[CancelAfter(120_000)]
internal sealed partial class HostileServerTests : IDisposable
{
    // What is legal in a header, and is written otherwise in addresses, JSON, XML, HTML and forms.
    private const string Awkward = "-\"q\"/+=&<b>'%41\\ z";

    private static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly string Pfx = CertificateText();

    private static readonly string[] Ways = [.. HostileWays.All.Keys];
    private static readonly string[] QuickWays = [.. HostileWays.All.Where(way => !way.Value.IsEndless && !way.Value.IsLarge).Select(way => way.Key)];

    private readonly HostileServer _server = new();
    private readonly Shell _shell = new();

    public void Dispose()
    {
        _server.Dispose();
        _shell.Dispose();
    }

    [TestCaseSource(nameof(Ways))]
    public async Task Nothing_hangs_nothing_is_lost_nothing_shows(string way)
    {
        var lines = new StringWriter(CultureInfo.InvariantCulture);
        using var log = new LoggerConfiguration().MinimumLevel.Verbose().WriteTo.Sink(new Lines(lines)).CreateLogger();
        var isEndless = HostileWays.All[way].IsEndless;
        await using var engine = WorkflowEngine.Create(settings => settings
            .UseLogger(log)
            .UseConnectors(Connectors())
            .UseHttp(new HttpOptions
            {
                RequestTimeout = TimeSpan.FromSeconds(isEndless ? 1 : 60),
                MaxResponseBytes = 1 << 20,
                FollowRedirects = true,
                EnvironmentVariable = name => name == "IDENTITY_ENDPOINT" ? $"{_server.Url}/token/identity" : name == "IDENTITY_HEADER" ? "C4nary-identity" + Awkward : null,
            }));

        var run = await engine.RunAsync(Workflow.Parse(Definition(way)), TriggerRequest.Empty, new RunOptions { Time = new VirtualTimeProvider(Start), Seed = 1 }, TestContext.CurrentContext.CancellationToken);

        var record = run.ToRecordText();
        var actions = run.ToRecord()["actions"].AsObject;
        Assert.Multiple(() =>
        {
            Assert.That(Secrets(record), Is.Empty, "in the record");
            Assert.That(Secrets(lines.ToString()), Is.Empty, "in the log");
            Assert.That(actions.Where(action => action.Value["status"].AsString is not ("Succeeded" or "Failed" or "TimedOut") || action.Value["code"].IsNull || action.Value["inputs"].IsNull).Select(action => action.Key), Is.Empty, "each action has its outcome");
            Assert.That(run.Action("Plain").Code, Is.EqualTo(HostileWays.All[way].Code), run.Action("Plain").Error?.Message);
            Assert.That(actions.Where(action => action.Value["status"].AsString != "Succeeded" && action.Value["error"].IsNull && action.Value["outputs"].IsNull).Select(action => action.Key), Is.Empty, "each failure says why");
            AssertSeen(run);
        });
    }

    [Test]
    public async Task Nothing_shows_on_the_command_line_whatever_it_prints([ValueSource(nameof(QuickWays))] string way, [Values("--json", "--ndjson", "--ascii")] string output)
    {
        var flow = _shell.File("flow.json", Definition(way));
        _shell.File("connectors/sales.openapi.json", Document());
        _shell.File("connectors/sales.policies.xml", Policies);
        _shell.File("connections.local.json", $$"""{ "connections": {{Connections()}} }""");

        var shown = await _shell.CallAsync("run", flow, output, "--virtual-time", "--now", "2026-03-01T08:00:00Z", "--timeout", "P2D", "--record", _shell.Path("tape.json"), "--log", _shell.Path("run.log"), "--log-level", "verbose");

        Assert.Multiple(() =>
        {
            Assert.That(shown.Exit, Is.Zero.Or.EqualTo(3), shown.Error);
            Assert.That(Secrets(shown.Out), Is.Empty, "in the output");
            Assert.That(Secrets(shown.Error), Is.Empty, "in the messages");
            Assert.That(Secrets(File.ReadAllText(_shell.Path("run.log"))), Is.Empty, "in the log");
            Assert.That(Secrets(File.ReadAllText(_shell.Path("tape.json"))), Is.Empty, "in the cassette");
        });
    }

    // A request that came is in the record; one that is there and never came has no answer.
    private void AssertSeen(RunResult run)
    {
        var told = run.Requests.ToLookup(request => request.Uri.Split('?')[0][_server.Url.Length..]);
        foreach (var (path, count) in _server.Counts)
        {
            var lost = told[path].Count(request => request.Error is not null);
            Assert.That(told[path].Count(), Is.InRange(count, count + lost), path);
        }
    }

    // A canary in any form that an address, JSON, XML, HTML or a form gives it, and in base64 at each of its three places.
    private static List<string> Secrets(string text) => [.. Canary().Matches(text).Select(found => text[Math.Max(0, found.Index - 80)..Math.Min(text.Length, found.Index + 60)]).Take(3)];

    [GeneratedRegex("C4nary|QzRuYXJ5|M0bmFyeS|NG5hcnkt")]
    private static partial Regex Canary();

    private string Definition(string way)
    {
        (string Name, string Inputs, string Members)[] calls =
        [
            ("Plain", """ "method": "GET" """, ""),
            ("Header", """ "method": "GET", "headers": { "X-Own": "@parameters('header')", "X-Part": "a @{parameters('header')} b" } """, ""),
            ("Cookie", """ "method": "GET", "cookie": "c=@{parameters('cookie')}" """, ""),
            ("Name", $$""" "method": "GET", "authentication": { "type": "ApiKey", "name": "X-Key", "value": "{{HostileServer.Name}}" } """, ""),
            ("Queries", """ "method": "GET", "queries": { "q": "@parameters('query')" } """, ""),
            ("Json", """ "method": "POST", "body": { "deep": [ "@parameters('body')" ] } """, ""),
            ("Text", """ "method": "PUT", "body": "x @{parameters('body')} y" """, ""),
            ("Binary", """ "method": "PUT", "body": "@base64ToBinary(base64(parameters('body')))" """, ""),
            ("Form", """ "method": "POST", "headers": { "Content-Type": "application/x-www-form-urlencoded" }, "body": "a=@{encodeUriComponent(parameters('body'))}" """, ""),
            ("Parts", """ "method": "POST", "body": { "$content-type": "multipart/form-data", "$multipart": [ { "headers": { "Content-Disposition": "form-data; name=\"a\"" }, "body": "@parameters('body')" } ] } """, ""),
            ("Secured", """ "method": "POST", "body": "C4nary-secured-in-whole" """, ""","runtimeConfiguration": { "secureData": { "properties": ["inputs", "outputs"] } } """),
            ("Pages", """ "method": "GET", "headers": { "X-Own": "@parameters('header')" } """, ""","runtimeConfiguration": { "paginationPolicy": { "minimumItemCount": 100000 } } """),
            ("Chunks", """ "method": "POST", "body": "@parameters('body')" """, ""","runtimeConfiguration": { "contentTransfer": { "transferMode": "Chunked", "uploadChunkSize": 10 } } """),
            .. Authentications(way).Select(kind => (kind.Name, $$""" "method": "GET", "authentication": {{kind.Authentication}} """, "")),
        ];
        // Each repetition of a time limit would cost its second.
        var retries = HostileWays.All[way].IsEndless ? """{ "type": "none" }""" : """{ "type": "fixed", "count": 1, "interval": "PT5S" }""";
        var actions = calls.Select(call => $$"""
            "{{call.Name}}": { "type": "Http", "limit": { "timeout": "PT10M" }{{call.Members}},
              "inputs": { "uri": "{{_server.Url}}/{{way}}/{{call.Name}}", {{call.Inputs}}, "retryPolicy": {{retries}} } }
            """).Append($$"""
            "Address": { "type": "Http", "limit": { "timeout": "PT10M" }, "inputs": { "method": "GET", "uri": "{{_server.Url}}/{{way}}/Address?a=@{parameters('address')}&b=@{encodeUriComponent(parameters('address'))}", "retryPolicy": { "type": "none" } } }
            """).Append($$"""
            "Connector": { "type": "OpenApiConnection", "limit": { "timeout": "PT10M" }, "inputs": { "host": { "connectionName": "shared_sales", "operationId": "Call", "apiId": "/apis/shared_sales" }, "parameters": { "way": "{{way}}", "key": "@parameters('query')", "body": { "k": "@parameters('body')" } }, "retryPolicy": {{retries}} } }
            """);
        var parameters = string.Join(", ", new[] { "header", "cookie", "query", "body", "address", "credential" }.Select(name => $$""" "{{name}}": { "type": "SecureString", "defaultValue": {{FlowValue.String($"C4nary-{name}{Awkward}").ToJson()}} } """));
        var text = $$"""{ "parameters": { {{parameters}} }, "triggers": { "manual": { "type": "Request", "kind": "Http", "inputs": {} } }, "actions": { {{string.Join(",\n", actions)}} } }""";
        return FlowJson.WriteIndented(FlowValue.Parse(text));
    }

    private IEnumerable<(string Name, string Authentication)> Authentications(string way)
    {
        const string Secret = "@parameters('credential')";
        var written = FlowValue.String("C4nary-written" + Awkward).ToJson();
        return
        [
            ("Basic", $$"""{ "type": "Basic", "username": "user", "password": "{{Secret}}" }"""),
            ("Raw", $$"""{ "type": "Raw", "value": {{written}} }"""),
            ("RawScheme", $$"""{ "type": "Raw", "value": "Custom {{Secret[..1]}}{parameters('credential')}" }"""),
            ("KeyHeader", $$"""{ "type": "ApiKey", "name": "X-Key", "value": {{written}} }"""),
            ("KeyQuery", $$"""{ "type": "ApiKey", "in": "query", "name": "key", "value": {{written}} }"""),
            ("Certificate", $$"""{ "type": "ClientCertificate", "pfx": "{{Pfx}}", "password": "C4nary-pfx" }"""),
            ("Aws", $$"""{ "type": "AwsSigV4", "accessKeyId": "AKID", "secretAccessKey": "{{Secret}}", "sessionToken": {{written}}, "region": "r", "service": "s" }"""),
            ("Identity", """{ "type": "ManagedServiceIdentity", "audience": "https://a.test" }"""),
            ("Directory", $$"""{ "type": "ActiveDirectoryOAuth", "authority": "{{_server.Url}}/token", "tenant": "t", "audience": "a", "clientId": "c", "secret": "{{Secret}}" }"""),
            ("OAuth", $$"""{ "type": "OAuth2", "tokenUrl": "{{_server.Url}}/token/oauth", "clientId": "c", "clientSecret": "{{Secret}}" }"""),
            ("OAuthBasic", $$"""{ "type": "OAuth2", "tokenUrl": "{{_server.Url}}/token/basic", "clientId": "c", "clientSecret": "{{Secret}}", "clientAuthentication": "basic" }"""),
            ("Refresh", $$"""{ "type": "OAuth2", "grantType": "refresh_token", "tokenUrl": "{{_server.Url}}/token/refresh", "clientId": "c", "refreshToken": {{written}} }"""),
            ("BadToken", $$"""{ "type": "OAuth2", "tokenUrl": "{{_server.Url}}/{{way}}/BadToken-endpoint", "clientId": "c", "clientSecret": "{{Secret}}" }"""),
            ("BadDirectory", $$"""{ "type": "ActiveDirectoryOAuth", "authority": "{{_server.Url}}/{{way}}", "tenant": "t", "audience": "a", "clientId": "c", "secret": "{{Secret}}" }"""),
        ];
    }

    private const string Policies = """
        <policies><inbound><base />
          <set-header name="X-Signature"><value>@(context.Request.Headers.GetValueOrDefault("X-Missing", "none") + Convert.ToBase64String(HMACSHA256.Create().ComputeHash(Encoding.UTF8.GetBytes("x"))))</value></set-header>
        </inbound><outbound /></policies>
        """;

    private string Document() => ConnectorBench.Swagger(
        """{ "/{way}/Connector": { "post": { "operationId": "Call", "parameters": [ { "name": "way", "in": "path", "required": true, "type": "string" }, { "name": "key", "in": "query", "type": "string" }, { "name": "body", "in": "body", "schema": { "type": "object" } } ], "responses": { "200": { "description": "ok" } } } } }""",
        """ "securityDefinitions": { "key": { "type": "apiKey", "name": "X-Key", "in": "header" } }, "security": [ { "key": [] } ],""");

    private string Connections() => $$"""{ "shared_sales": { "baseUrl": "{{_server.Url}}", "signingKey": "C4nary-signing", "authentication": { "type": "ApiKey", "value": {{FlowValue.String("C4nary-connection" + Awkward).ToJson()}} } } }""";

    private ConnectorSet Connectors() => new(
        new ConnectorLibrary(new OpenApiConnector("sales", ConnectorDocument.Parse(Document()), PolicyDocument.Parse(Policies))),
        ConnectionSettings.Of(FlowValue.Parse(Connections()).AsObject));

    private static string CertificateText()
    {
        using var certificate = TlsServer.NewCertificate("CN=client");
        return Convert.ToBase64String(certificate.Export(X509ContentType.Pfx, "C4nary-pfx"));
    }

    /// <summary>Every event with all of its properties, on a line.</summary>
    private sealed class Lines(TextWriter writer) : ILogEventSink
    {
        private readonly CompactJsonFormatter _formatter = new();

        public void Emit(LogEvent logEvent)
        {
            lock (writer) _formatter.Format(logEvent, writer);
        }
    }
}
