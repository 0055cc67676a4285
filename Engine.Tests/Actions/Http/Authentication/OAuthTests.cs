using FlowEngine.Actions;

namespace FlowEngine.Tests;

/// <summary>Authentication by tokens: where they are asked for, how long they are kept, and that they never show.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class OAuthTests
{
    private const string ClientCredentials =
        """{ "type": "OAuth2", "tokenUrl": "https://id.test/token", "clientId": "client-1", "clientSecret": "s3cr3t-of-client", "scope": "read write" }""";

    private const string Renewing =
        """{ "type": "OAuth2", "grantType": "refresh_token", "tokenUrl": "https://id.test/token", "clientId": "client-1", "refreshToken": "refresh-token-0" }""";

    private const string Directory =
        """{ "type": "ActiveDirectoryOAuth", "tenant": "contoso.test", "audience": "https://api.test", "clientId": "client-1", "secret": "s3cr3t-of-client" }""";

    [Test]
    public async Task Client_credentials_are_exchanged_for_a_token()
    {
        var run = await AuthBench.CallAsync(
            ClientCredentials,
            """
            [{"match":{"method":"POST","uri":"https://id.test/token","body":"grant_type=client_credentials&scope=read+write&client_id=client-1&client_secret=s3cr3t-of-client"},
              "respond":{"body":{"access_token":"token-number-1","token_type":"Bearer","expires_in":3600}}},
             {"match":{"uri":"https://api.test/a","headers":{"Authorization":"Bearer token-number-1"}},"respond":{"body":"token-number-1 is what you sent"}}]
            """);

        Assert.That(run.Action("Call").Status, Is.EqualTo(ActionStatus.Succeeded), run.Action("Call").Error?.Message);
        Assert.That(run.Requests.Select(request => (request.Action, request.Attempt)), Is.EqualTo(new[] { ("Call", 1), ("Call", 1) }));
        var record = run.ToRecord();
        Assert.That(record.ToJson(), Does.Not.Contain("token-number-1").And.Not.Contain("s3cr3t"));
        Assert.That(record["requests"][1]["headers"]["Authorization"].AsString, Is.EqualTo("Bearer *sanitized*"));
        Assert.That(record["actions"]["Call"]["outputs"]["body"].AsString, Is.EqualTo("*sanitized* is what you sent"));
    }

    [Test]
    public async Task A_secret_is_hidden_in_a_form_and_in_base64_too()
    {
        var run = await AuthBench.CallAsync(
            ClientCredentials.Replace("s3cr3t-of-client", "s3cr3t of & client", StringComparison.Ordinal),
            """[{"match":{"uri":"https://id.test/token"},"respond":{"body":{"access_token":"token-number-1"}}},{"respond":{"body":"czNjcjN0IG9mICYgY2xpZW50"}}]""");

        Assert.That(run.ToRecord()["requests"][0]["body"].AsString, Is.EqualTo("grant_type=client_credentials&scope=read+write&client_id=client-1&client_secret=*sanitized*"));
        Assert.That(run.ToRecord()["actions"]["Call"]["outputs"]["body"].AsString, Is.EqualTo("*sanitized*"));
    }

    [Test]
    public async Task The_secret_may_go_in_a_header()
    {
        var run = await AuthBench.CallAsync(
            """{ "type": "OAuth2", "tokenUrl": "https://id.test/token", "clientId": "client 1", "clientSecret": "a:b", "clientAuthentication": "basic" }""",
            """
            [{"match":{"uri":"https://id.test/token","headers":{"Authorization":"Basic Y2xpZW50JTIwMTphJTNBYg=="},"body":"grant_type=client_credentials"},"respond":{"body":{"access_token":"token-number-1"}}},
             {"match":{"uri":"https://api.test/a"},"respond":{}}]
            """);

        Assert.That(run.Action("Call").Status, Is.EqualTo(ActionStatus.Succeeded), run.Action("Call").Error?.Message);
    }

    [Test]
    public async Task Calls_side_by_side_share_one_token_request()
    {
        var run = await AuthBench.RunAsync(
            $$"""
            "Loop": { "type": "Foreach", "foreach": "@range(0, 20)", "actions": { {{AuthBench.Call("Call", ClientCredentials)}} } }
            """,
            """
            [{"match":{"uri":"https://id.test/token"},"respond":{"delay":"PT5S","body":{"access_token":"token-number-1","expires_in":3600}}},
             {"match":{"uri":"https://api.test/a","headers":{"Authorization":"Bearer token-number-1"}},"respond":{"delay":"PT1S"}}]
            """);

        Assert.That(run.Status, Is.EqualTo(ActionStatus.Succeeded));
        Assert.That(run.Requests.Count(request => request.Uri == "https://id.test/token"), Is.EqualTo(1));
        Assert.That(run.EndTime - run.StartTime, Is.EqualTo(TimeSpan.FromSeconds(6)));
    }

    [TestCase(300, 260, 1)]
    [TestCase(300, 280, 2)] // Within a tenth of its life of its end.
    [TestCase(3600, 3479, 1)]
    [TestCase(3600, 3481, 2)] // Within two minutes of it.
    public async Task A_token_is_renewed_before_its_end(int lifetime, int waited, int tokens)
    {
        var run = await AuthBench.RunAsync(
            $$"""
            {{AuthBench.Call("First", ClientCredentials)}},
            "Wait": { "type": "Wait", "runAfter": { "First": ["Succeeded"] }, "inputs": { "interval": { "count": {{waited}}, "unit": "Second" } } },
            {{AuthBench.Call("Second", ClientCredentials, """{ "Wait": ["Succeeded"] }""")}}
            """,
            $$"""[{"match":{"uri":"https://id.test/token"},"respond":{"body":{"access_token":"token-number-1","expires_in":"{{lifetime}}"} } },{"respond":{} }]""");

        Assert.That(run.Requests.Count(request => request.Uri == "https://id.test/token"), Is.EqualTo(tokens));
    }

    [Test]
    public async Task A_cached_token_that_is_refused_is_renewed_once_and_the_call_goes_on()
    {
        var run = await AuthBench.RunAsync(
            AuthBench.Call("First", ClientCredentials) + "," + AuthBench.Call("Second", ClientCredentials, """{ "First": ["Succeeded"] }"""),
            """
            [{"match":{"uri":"https://id.test/token"},"respond":[{"body":{"access_token":"token-number-1"}},{"body":{"access_token":"token-number-2"}}]},
             {"match":{"headers":{"Authorization":"Bearer token-number-1"}},"respond":[{"status":200},{"status":401}]},
             {"match":{"headers":{"Authorization":"Bearer token-number-2"}},"respond":{"status":200}}]
            """);

        Assert.That(run.Action("Second").Code, Is.EqualTo("OK"));
        Assert.That(run.Action("Second").RetryHistory, Is.Empty);
        Assert.That(AuthBench.Authorizations(run), Is.EqualTo(new[] { "Bearer token-number-1", "Bearer token-number-1", "Bearer token-number-2" }));
    }

    [Test]
    public async Task A_new_token_that_is_refused_fails_the_call()
    {
        var run = await AuthBench.CallAsync(
            ClientCredentials, """[{"match":{"uri":"https://id.test/token"},"respond":{"body":{"access_token":"token-number-1"}}},{"respond":{"status":401}}]""");

        Assert.That(run.Action("Call").Code, Is.EqualTo("Unauthorized"));
        Assert.That(run.Requests, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_refresh_token_is_replaced_by_the_one_that_comes_with_the_answer()
    {
        var run = await AuthBench.RunAsync(
            $$"""
            {{AuthBench.Call("First", Renewing)}},
            "Wait": { "type": "Wait", "runAfter": { "First": ["Succeeded"] }, "inputs": { "interval": { "count": 1, "unit": "Hour" } } },
            {{AuthBench.Call("Second", Renewing, """{ "Wait": ["Succeeded"] }""")}}
            """,
            """
            [{"match":{"uri":"https://id.test/token","body":"grant_type=refresh_token&refresh_token=refresh-token-0*"},"respond":{"body":{"access_token":"token-number-1","refresh_token":"refresh-token-1","expires_in":600}}},
             {"match":{"uri":"https://id.test/token","body":"grant_type=refresh_token&refresh_token=refresh-token-1*"},"respond":{"body":{"access_token":"token-number-2","refresh_token":"refresh-token-2","expires_in":600}}},
             {"match":{"uri":"https://api.test/a"},"respond":{}}]
            """);

        Assert.That(AuthBench.Authorizations(run), Is.EqualTo(new[] { "Bearer token-number-1", "Bearer token-number-2" }));
        Assert.That(run.ToRecord().ToJson(), Does.Not.Contain("refresh-token-"));
    }

    // The endpoint, its form and the authority are documented.
    [Test]
    public async Task Active_Directory_is_asked_for_the_audience_at_the_tenants_endpoint()
    {
        var run = await AuthBench.CallAsync(
            Directory,
            """
            [{"match":{"method":"POST","uri":"https://login.windows.net/contoso.test/oauth2/token",
                "body":"grant_type=client_credentials&client_id=client-1&resource=https%3A%2F%2Fapi.test&client_secret=s3cr3t-of-client"},
              "respond":{"body":{"token_type":"Bearer","expires_in":"3599","expires_on":"1772355599","access_token":"token-number-1"}}},
             {"match":{"headers":{"Authorization":"Bearer token-number-1"}},"respond":{}}]
            """);

        Assert.That(run.Action("Call").Status, Is.EqualTo(ActionStatus.Succeeded), run.Action("Call").Error?.Message);
        Assert.That(run.ToRecord()["actions"]["Call"]["inputs"]["authentication"]["secret"].AsString, Is.EqualTo("*sanitized*"));
    }

    [Test]
    public async Task A_refused_application_fails_in_the_words_of_the_service()
    {
        var run = await AuthBench.CallAsync(
            Directory.Replace("\"tenant\"", "\"authority\": \"https://login.test/\", \"tenant\"", StringComparison.Ordinal),
            """[{"match":{"uri":"https://login.test/contoso.test/oauth2/token"},"respond":{"status":401,"body":{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret s3cr3t-of-client."}}}]""");

        var action = run.Action("Call");
        Assert.That((action.Status, action.Code), Is.EqualTo((ActionStatus.Failed, "BadRequest")));
        Assert.That(run.ToRecord()["actions"]["Call"]["error"]["message"].AsString, Is.EqualTo(
            "Http request failed as there is an error getting AD OAuth token: 'the token endpoint answered 401 Unauthorized: invalid_client: AADSTS7000215: Invalid client secret *sanitized*.'."));
        Assert.That(run.Requests, Has.Count.EqualTo(1));
    }

    [TestCase("""{"status":503}""", 3)]
    [TestCase("""{"fault":"reset"}""", 3)]
    [TestCase("""{"status":400}""", 1)]
    [TestCase("""{"body":{"token_type":"Bearer"}}""", 1)]
    [TestCase("""{"body":"<html>"}""", 1)]
    public async Task A_token_endpoint_that_may_recover_is_asked_again_by_the_retry_policy(string answer, int requests)
    {
        var run = await AuthBench.RunAsync(
            AuthBench.Call("Call", ClientCredentials).Replace("""{ "type": "none" }""", """{ "type": "fixed", "count": 2, "interval": "PT5S" }""", StringComparison.Ordinal),
            $$"""[{"match":{"uri":"https://id.test/token"},"respond":{{answer}} }]""");

        Assert.That(run.Requests, Has.Count.EqualTo(requests));
        Assert.That(run.Action("Call").Error!.Message, Does.StartWith("Http request failed as there is an error getting the OAuth token: '"));
    }

    [TestCase("""{ "type": "OAuth2", "clientId": "c" }""", "tokenUrl")]
    [TestCase("""{ "type": "OAuth2", "tokenUrl": "/token", "clientId": "c" }""", "/token")]
    [TestCase("""{ "type": "OAuth2", "tokenUrl": "https://id.test/token", "clientId": "c", "grantType": "password" }""", "password")]
    [TestCase("""{ "type": "OAuth2", "tokenUrl": "https://id.test/token", "clientId": "c", "grantType": "refresh_token" }""", "refreshToken")]
    [TestCase("""{ "type": "OAuth2", "tokenUrl": "https://id.test/token", "clientId": "c", "clientAuthentication": "post" }""", "post")]
    [TestCase("""{ "type": "ActiveDirectoryOAuth", "tenant": "t", "clientId": "c", "secret": "s" }""", "audience")]
    [TestCase("""{ "type": "ActiveDirectoryOAuth", "tenant": "t", "clientId": "c", "audience": "a" }""", "secret")]
    [TestCase("""{ "type": "ActiveDirectoryOAuth", "tenant": "t", "clientId": "c", "audience": "a", "secret": "s", "authority": "nowhere" }""", "nowhere")]
    [TestCase("""{ "type": "ApiKey", "value": "k" }""", "name")]
    [TestCase("""{ "type": "ApiKey", "name": "n", "value": "k", "in": "cookie" }""", "cookie")]
    [TestCase("""{ "type": "AwsSigV4", "accessKeyId": "a", "secretAccessKey": "b", "region": "c" }""", "service")]
    [TestCase("""{ "type": "ClientCertificate" }""", "pfx")]
    [TestCase("""{ "type": "Digest" }""", "Digest")]
    public async Task Authentication_that_lacks_something_fails_before_anything_is_sent(string authentication, string named)
    {
        var run = await AuthBench.CallAsync(authentication, "[]");

        Assert.That((run.Action("Call").Code, run.Action("Call").Error!.Message), Is.EqualTo(("BadRequest", run.Action("Call").Error!.Message)));
        Assert.That(run.Action("Call").Error!.Message, Does.Contain($"'{named}'"));
        Assert.That(run.Requests, Is.Empty);
    }
}
