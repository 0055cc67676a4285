using FlowEngine.Actions;
using FlowEngine.Connectors;
using FlowEngine.Definitions;
using static FlowEngine.Tests.Connectors.PolicyBench;

namespace FlowEngine.Tests.Connectors;

/// <summary>What each policy does to a call.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class PolicyTests
{
    // As connector packages have it: quotes and angle brackets of C# stand unescaped.
    private const string Raw = """
        <policies>
        <inbound>
        <base />
        <set-header name="X-Time" exists-action="override">
        <value>@(DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ssZ"))</value>
        </set-header>
        <set-header name="X-Signature" exists-action="override">
        <value>@{
        var time = context.Request.Headers.GetValueOrDefault("X-Time", "");
        var body = context.Request.Body?.As<string>(preserveContent: true) ?? "";
        return Convert.ToBase64String(System.Security.Cryptography.HMACSHA256.Create()
          .ComputeHash(System.Text.Encoding.UTF8.GetBytes(context.Request.Method + "\n" + context.Request.Url.Path + "\n" + time + "\n" + body)));
        }</value>
        </set-header>
        </inbound>
        <outbound>
        <base />
        <choose>
        <when condition="@(context.Response.StatusCode == 429 && true)">
        <set-variable name="after" value="@(context.Response.Headers.GetValueOrDefault("Retry-After", "60"))" />
        <return-response>
        <set-status code="429" reason="Slow" />
        <set-body>@{
        return new JObject(new JProperty("error", "slow"), new JProperty("retryAfter", context.Variables.GetValueOrDefault<string>("after"))).ToString();
        }</set-body>
        </return-response>
        </when>
        </choose>
        </outbound>
        </policies>
        """;

    [Test]
    public void A_raw_document_is_read_and_warns_of_the_missing_key()
    {
        var faults = PolicyDocument.Parse(Raw).Diagnostics;

        Assert.Multiple(() =>
        {
            Assert.That(faults.Select(fault => fault.Code), Is.EqualTo(new[] { DiagnosticCodes.PolicyUnkeyed }));
            Assert.That(faults[0].Severity, Is.EqualTo(DiagnosticSeverity.Warning));
            Assert.That(faults[0].Message, Does.Contain("new HMACSHA256(key)"));
        });
    }

    [Test]
    public async Task A_signature_is_made_with_the_key_of_the_connection_and_sees_earlier_headers()
    {
        var settings = ConnectionSettings.Of(FlowValue.Parse("""{ "sales": { "signingKey": "s3cr3t-key" } }""").AsObject);

        var run = await GetAsync(Raw, settings: settings);

        var headers = run.Requests.Single().Headers;
        var expected = Convert.ToBase64String(System.Security.Cryptography.HMACSHA256.HashData("s3cr3t-key"u8, System.Text.Encoding.UTF8.GetBytes("GET\n/v1/reports/north\n2026-01-31T08:00:00Z\n")));
        Assert.Multiple(() =>
        {
            Assert.That(headers["X-Time"].AsString, Is.EqualTo("2026-01-31T08:00:00Z"));
            Assert.That(headers["X-Signature"].AsString, Is.EqualTo(expected));
        });
    }

    [Test]
    public async Task Without_a_key_a_signature_is_44_characters_that_nobody_can_verify()
    {
        var run = await GetAsync(Raw);

        Assert.That(run.Requests.Single().Headers["X-Signature"].AsString, Has.Length.EqualTo(44));
    }

    [TestCase("""{ "status": 429, "headers": { "Retry-After": "17", "X-Own": "v" }, "body": "slow" }""", "17")]
    [TestCase("""{ "status": 429 }""", "60")]
    public async Task A_returned_response_takes_the_place_of_the_backends_answer(string respond, string after)
    {
        var run = await GetAsync(Raw, respond);

        var outputs = run["Call"].Outputs;
        Assert.Multiple(() =>
        {
            Assert.That(outputs["statusCode"].AsInteger, Is.EqualTo(429));
            Assert.That(outputs["body"].ToJson(), Is.EqualTo($$"""{"error":"slow","retryAfter":"{{after}}"}"""));
            Assert.That(outputs["headers"]["X-Own"].IsNull, Is.True);
        });
    }

    [Test]
    public async Task An_escaped_document_gives_the_same_as_a_raw_one()
    {
        var escaped = Document("<set-header name=\"X-A\"><value>@(context.Request.Headers.GetValueOrDefault(&quot;X&quot;, &quot;)&quot;) + (1 &lt; 2 &amp;&amp; true))</value></set-header>");
        var raw = Document("<set-header name=\"X-A\"><value>@(context.Request.Headers.GetValueOrDefault(\"X\", \")\") + (1 < 2 && true))</value></set-header>");

        var (first, second) = (await GetAsync(escaped), await GetAsync(raw));

        Assert.Multiple(() =>
        {
            Assert.That(first.Requests.Single().Headers["X-A"].AsString, Is.EqualTo(")True"));
            Assert.That(second.Requests.Single().Headers["X-A"].AsString, Is.EqualTo(")True"));
        });
    }

    [TestCase("<!DOCTYPE policies [<!ENTITY a \"b\">]><policies />", DiagnosticCodes.PolicyXml)]
    [TestCase("<policies><inbound></policies>", DiagnosticCodes.PolicyXml)]
    [TestCase("<policies><inbound><set-heder name=\"a\" /></inbound></policies>", DiagnosticCodes.PolicyUnknown)]
    [TestCase("<policies><inbond /></policies>", DiagnosticCodes.PolicyUnknown)]
    [TestCase("<policies><inbound><set-variable name=\"a\" /></inbound></policies>", DiagnosticCodes.PolicyValue)]
    [TestCase("<policies><inbound><set-header name=\"a\" exists-action=\"overide\" /></inbound></policies>", DiagnosticCodes.PolicyValue)]
    [TestCase("<policies><inbound><set-header name=\"a\" exist-action=\"skip\" /></inbound></policies>", DiagnosticCodes.PolicyUnknown)]
    [TestCase("<other />", DiagnosticCodes.PolicyUnknown)]
    [TestCase("", DiagnosticCodes.PolicyXml)]
    public void What_is_wrong_with_a_document_is_diagnosed(string text, string code) =>
        Assert.That(PolicyDocument.Parse(text).Diagnostics.Select(fault => fault.Code), Does.Contain(code));

    [Test]
    public async Task Headers_queries_method_and_path_of_the_request_are_set()
    {
        var run = await GetAsync(
            Document("""
                <set-header name="X-A"><value>1</value></set-header>
                <set-header name="X-A" exists-action="append"><value>2</value></set-header>
                <set-header name="X-A" exists-action="skip"><value>3</value></set-header>
                <set-query-parameter name="k"><value>a b</value></set-query-parameter>
                <set-query-parameter name="q" exists-action="delete" />
                <rewrite-uri template="/v9/{area}/all" />
                <set-method>POST</set-method>
                <set-body>text</set-body>
                """),
            parameters: """{ "area": "n/1", "q": "x" }""");

        var request = run.Requests.Single();
        Assert.Multiple(() =>
        {
            Assert.That(request.Method, Is.EqualTo("POST"));
            Assert.That(request.Uri, Is.EqualTo("https://api.example.test/v1/v9/n%2F1/all?k=a%20b"));
            Assert.That(request.Headers["X-A"].AsString, Is.EqualTo("1, 2"));
            Assert.That(request.Body.AsString, Is.EqualTo("text"));
        });
    }

    [Test]
    public async Task Outbound_changes_the_answer()
    {
        var run = await GetAsync(Document(outbound: """
            <set-header name="X-B"><value>@(context.Response.StatusCode)</value></set-header>
            <set-status code="202" />
            <set-body>@{ var body = context.Response.Body.As<JObject>(); body["m"] = 2; return body.ToString(); }</set-body>
            """));

        Assert.That(run["Call"].Outputs.ToJson(), Does.Contain("\"statusCode\":202").And.Contain("\"X-B\":\"200\"").And.Contain("{\"n\":1,\"m\":2}"));
    }

    [Test]
    public async Task A_header_with_a_line_break_is_refused()
    {
        var run = await GetAsync(Document("<set-header name=\"X-A\"><value>@(\"a\\r\\nX-Evil: 1\")</value></set-header>"));

        Assert.Multiple(() =>
        {
            Assert.That(run.Requests, Is.Empty);
            Assert.That(run["Call"].Error!.Message, Does.Contain("control characters"));
        });
    }

    // API Management: counted at the end of the call, so that the condition can look at the answer; the limit is met one call later.
    [TestCase("increment-condition=\"@(context.Response.StatusCode == 500)\"", 5)]
    [TestCase("increment-condition=\"@(context.Response.StatusCode == 200)\"", 2)]
    [TestCase("increment-count=\"2\"", 1)]
    [TestCase("increment-count=\"@(context.Response.StatusCode == 200 ? 2 : 0)\"", 1)]
    [TestCase("increment-condition=\"false\"", 5)]
    public async Task What_counts_is_known_from_the_answer(string attribute, int requests)
    {
        foreach (var policy in new[] { "rate-limit", "quota" })
        {
            var run = await RunAsync(
                Document($"<{policy} calls=\"2\" renewal-period=\"60\" {attribute} />"),
                """
                { "Each": { "type": "Foreach", "foreach": "@range(0, 5)", "operationOptions": "Sequential", "actions": {
                    "Call": { "type": "OpenApiConnection", "inputs": { "host": { "connectionName": "sales", "operationId": "Get" }, "parameters": { "area": "x" }, "retryPolicy": { "type": "none" } } } } } }
                """);

            Assert.That(run.Requests, Has.Count.EqualTo(requests), policy);
        }
    }

    [Test]
    public async Task Calls_beyond_a_rate_get_429_without_a_request()
    {
        var run = await RunAsync(
            Document("<rate-limit calls=\"2\" renewal-period=\"60\" />"),
            """
            { "Each": { "type": "Foreach", "foreach": "@range(0, 3)", "operationOptions": "Sequential", "actions": {
                "Call": { "type": "OpenApiConnection", "inputs": { "host": { "connectionName": "sales", "operationId": "Get" }, "parameters": { "area": "x" }, "retryPolicy": { "type": "none" } } } } } }
            """);

        var third = run["Each"].Iteration(2)["Call"];
        Assert.Multiple(() =>
        {
            Assert.That(run.Requests, Has.Count.EqualTo(2));
            Assert.That(third.Outputs["statusCode"].AsInteger, Is.EqualTo(429));
            Assert.That(third.Outputs["headers"]["Retry-After"].AsString, Is.EqualTo("60"));
            Assert.That(third.Outputs["body"]["message"].AsString, Is.EqualTo("Rate limit is exceeded. Try again in 60 seconds."));
        });
    }

    [Test]
    public async Task Calls_beyond_a_quota_get_403()
    {
        var run = await RunAsync(
            Document("<quota calls=\"1\" renewal-period=\"86400\" />"),
            """
            { "Each": { "type": "Foreach", "foreach": "@range(0, 2)", "operationOptions": "Sequential", "actions": {
                "Call": { "type": "OpenApiConnection", "inputs": { "host": { "connectionName": "sales", "operationId": "Get" }, "parameters": { "area": "x" } } } } } }
            """);

        Assert.That(run["Each"].Iteration(1)["Call"].Outputs["statusCode"].AsInteger, Is.EqualTo(403));
    }

    [Test]
    public async Task A_thousand_parallel_calls_keep_to_a_hundred_a_second()
    {
        var run = await RunAsync(
            Document("<rate-limit calls=\"100\" renewal-period=\"1\" /><set-header name=\"X-At\"><value>@(DateTime.UtcNow.Ticks)</value></set-header>"),
            """
            { "Each": { "type": "Foreach", "foreach": "@range(0, 1000)", "runtimeConfiguration": { "concurrency": { "repetitions": 50 } }, "actions": {
                "Call": { "type": "OpenApiConnection", "inputs": { "host": { "connectionName": "sales", "operationId": "Get" }, "parameters": { "area": "x" }, "retryPolicy": { "type": "fixed", "count": 30, "interval": "PT1S" } } } } } }
            """,
            """{ "status": 200, "delay": "PT0.05S" }""");

        var times = run.Requests.Select(request => long.Parse(request.Headers["X-At"].AsString, System.Globalization.CultureInfo.InvariantCulture)).Order().ToList();
        Assert.Multiple(() =>
        {
            Assert.That(run.Status, Is.EqualTo(ActionStatus.Succeeded));
            Assert.That(times, Has.Count.EqualTo(1000));
            Assert.That(Enumerable.Range(0, 900).All(i => times[i + 100] - times[i] >= TimeSpan.TicksPerSecond), Is.True, "never more than 100 within any second");
        });
    }

    [Test]
    public async Task Retry_sends_again_while_the_condition_holds()
    {
        var run = await GetAsync(
            Document(backend: "<retry condition=\"@(context.Response.StatusCode == 503)\" count=\"3\" interval=\"10\"><forward-request /></retry>"),
            """[ { "status": 503 }, { "status": 503 }, { "status": 200 } ]""");

        Assert.Multiple(() =>
        {
            Assert.That(run.Requests, Has.Count.EqualTo(3));
            Assert.That(run["Call"].Status, Is.EqualTo(ActionStatus.Succeeded));
            Assert.That(run.Result.EndTime - run.Result.StartTime, Is.EqualTo(TimeSpan.FromSeconds(20)));
        });
    }

    [Test]
    public async Task Choose_takes_the_first_case_that_is_true()
    {
        var run = await GetAsync(Document("""
            <choose>
              <when condition="@(false)"><set-header name="X"><value>a</value></set-header></when>
              <when condition="@(context.Request.Method == "GET")"><set-header name="X"><value>b</value></set-header></when>
              <otherwise><set-header name="X"><value>c</value></set-header></otherwise>
            </choose>
            """));

        Assert.That(run.Requests.Single().Headers["X"].AsString, Is.EqualTo("b"));
    }

    [Test]
    public async Task A_cached_answer_spares_the_request()
    {
        var run = await RunAsync(
            Document("<cache-lookup><vary-by-query-parameter>q</vary-by-query-parameter></cache-lookup>", "<cache-store duration=\"60\" />"),
            """
            { "Each": { "type": "Foreach", "foreach": "@createArray('a', 'a', 'b')", "operationOptions": "Sequential", "actions": {
                "Call": { "type": "OpenApiConnection", "inputs": { "host": { "connectionName": "sales", "operationId": "Get" }, "parameters": { "area": "x", "q": "@item()" } } } } } }
            """);

        Assert.Multiple(() =>
        {
            Assert.That(run.Requests, Has.Count.EqualTo(2));
            Assert.That(run["Each"].Iteration(1)["Call"].Outputs["body"]["n"].AsInteger, Is.EqualTo(1));
        });
    }

    [Test]
    public async Task Check_header_ends_the_call_and_on_error_may_say_otherwise()
    {
        const string check = "<check-header name=\"X-Key\" failed-check-httpcode=\"401\" failed-check-error-message=\"No key\" ignore-case=\"true\"><value>abc</value></check-header>";

        var plain = await GetAsync(Document(check));
        var handled = await GetAsync(Document(check, onError: "<return-response><set-status code=\"418\" /><set-body>@(context.LastError.Reason)</set-body></return-response>"));

        Assert.Multiple(() =>
        {
            Assert.That(plain.Requests, Is.Empty);
            Assert.That(plain["Call"].Outputs["statusCode"].AsInteger, Is.EqualTo(401));
            Assert.That(plain["Call"].Outputs["body"]["message"].AsString, Is.EqualTo("No key"));
            Assert.That(handled["Call"].Outputs["statusCode"].AsInteger, Is.EqualTo(418));
        });
    }

    [TestCase("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9", false)]
    [TestCase("valid", true)]
    [TestCase("expired", false)]
    public async Task Validate_jwt_looks_at_signature_time_and_claims(string token, bool passes)
    {
        var key = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes("0123456789abcdef0123456789abcdef"));
        var jwt = token is "valid" or "expired" ? Jwt(key, token == "valid" ? 1_800_000_000 : 1_700_000_000) : token;

        var run = await GetAsync(Document($"""
            <set-header name="Authorization"><value>Bearer {jwt}</value></set-header>
            <validate-jwt header-name="Authorization" failed-validation-httpcode="401">
              <issuer-signing-keys><key>{key}</key></issuer-signing-keys>
              <audiences><audience>api</audience></audiences>
              <required-claims><claim name="role"><value>reader</value></claim></required-claims>
            </validate-jwt>
            """));

        Assert.Multiple(() =>
        {
            Assert.That(run.Requests, Has.Count.EqualTo(passes ? 1 : 0));
            Assert.That(run["Call"].Outputs["statusCode"].AsInteger, Is.EqualTo(passes ? 200 : 401));
        });
    }

    [TestCase("Bearer", "Bearer", true)]
    [TestCase("Token", "Bearer", false)]
    [TestCase("", "Bearer", false)]
    [TestCase("Token", "Token", true)]
    public async Task Validate_jwt_wants_the_scheme_it_names(string scheme, string required, bool passes)
    {
        var key = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes("0123456789abcdef0123456789abcdef"));

        var run = await GetAsync(Document($"""
            <set-header name="Authorization"><value>{(scheme + " " + Jwt(key, 1_800_000_000)).Trim()}</value></set-header>
            <validate-jwt header-name="Authorization" require-scheme="{required}"><issuer-signing-keys><key>{key}</key></issuer-signing-keys></validate-jwt>
            """));

        Assert.That(run["Call"].Outputs["statusCode"].AsInteger, Is.EqualTo(passes ? 200 : 401));
    }

    [TestCase("false", 1_800_000_000, 200)]
    [TestCase("false", 1_700_000_000, 401)]
    [TestCase("true", 1_800_000_000, 401)]
    public async Task A_token_without_a_signature_passes_only_where_none_is_wanted(string required, long expires, int status)
    {
        var run = await GetAsync(Document($"""
            <set-header name="Authorization"><value>Bearer {Unsigned(expires)}</value></set-header>
            <validate-jwt header-name="Authorization" require-signed-tokens="{required}"><issuer-signing-keys><key>MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=</key></issuer-signing-keys></validate-jwt>
            """));

        Assert.That(run["Call"].Outputs["statusCode"].AsInteger, Is.EqualTo(status));
    }

    [TestCase("reader,writer", true)]
    [TestCase("reader", false)]
    public async Task A_claim_may_hold_several_values_behind_a_separator(string role, bool passes)
    {
        var key = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes("0123456789abcdef0123456789abcdef"));

        var run = await GetAsync(Document($"""
            <set-header name="Authorization"><value>Bearer {Jwt(key, 1_800_000_000, role)}</value></set-header>
            <validate-jwt header-name="Authorization"><issuer-signing-keys><key id="k1">{key}</key></issuer-signing-keys>
              <required-claims><claim name="role" separator=","><value>writer</value></claim></required-claims></validate-jwt>
            """));

        Assert.That(run["Call"].Outputs["statusCode"].AsInteger, Is.EqualTo(passes ? 200 : 401));
    }

    private static string Part(string json) => System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(json));

    private static string Unsigned(long expires) => Part("""{"alg":"none","typ":"JWT"}""") + "." + Part($$"""{"aud":"api","exp":{{expires}}}""") + ".";

    private static string Jwt(string key, long expires, string role = "reader")
    {
        var text = Part("""{"alg":"HS256","typ":"JWT"}""") + "." + Part($$"""{"aud":"api","role":"{{role}}","exp":{{expires}}}""");
        return text + "." + System.Buffers.Text.Base64Url.EncodeToString(System.Security.Cryptography.HMACSHA256.HashData(Convert.FromBase64String(key), System.Text.Encoding.UTF8.GetBytes(text)));
    }
}
