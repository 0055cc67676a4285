using System.Net;
using System.Net.Sockets;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace FlowEngine.Tests;

/// <summary>A flow with every kind of credentials against servers that send everything back or break: nothing hangs, nothing is lost, nothing shows.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SecretCanaryTests : IDisposable
{
    private readonly Shell _shell = new();
    private readonly WireMockServer _server = WireMockServer.Start();

    public SecretCanaryTests()
    {
        _server.Given(Request.Create().WithPath("/token")).RespondWith(Response.Create().WithHeader("Content-Type", "application/json")
            .WithBody("""{"access_token":"CANARY-token","refresh_token":"CANARY-refresh","expires_in":3600}"""));
        _server.Given(Request.Create().WithPath("/badtoken")).RespondWith(Response.Create().WithStatusCode(400).WithHeader("Content-Type", "application/json")
            .WithBody("""{"error":"invalid_client","error_description":"CANARY-secret is wrong"}"""));
        _server.Given(Request.Create().WithPath("/echo/*")).RespondWith(Response.Create().WithStatusCode(400)
            .WithBody("""CANARY-token CANARY-secret CANARY-key Q0FOQVJZLXVzZXI6Q0FOQVJZLXNlY3JldA=="""));
    }

    public void Dispose()
    {
        _server.Stop();
        _shell.Dispose();
    }

    [TestCase("--json")]
    [TestCase("--ndjson")]
    [TestCase("--quiet")]
    [TestCase("--ascii")]
    public async Task Nothing_of_the_credentials_shows(string output)
    {
        using var resetting = new ResettingServer();
        var flow = _shell.Flow(Actions(resetting.Url), """{ "secret": { "type": "SecureString", "defaultValue": "CANARY-secret" } }""");

        var shown = await _shell.CallAsync("run", flow, output, "--virtual-time", "--record", _shell.Path("tape.json"));

        Assert.That(shown.Exit, Is.EqualTo(3), shown.Error);
        foreach (var canary in (string[])["CANARY-token", "CANARY-refresh", "CANARY-secret", "CANARY-key", "Q0FOQVJZLXVzZXI6Q0FOQVJZLXNlY3JldA=="])
        {
            Assert.That(shown.Out, Does.Not.Contain(canary));
            Assert.That(shown.Error, Does.Not.Contain(canary));
            Assert.That(await File.ReadAllTextAsync(_shell.Path("tape.json")), Does.Not.Contain(canary));
        }

        if (output != "--json") return;
        Assert.That(shown.Json["actions"].AsObject.Names.ToArray().Where(name => shown.Json["actions"][name]["status"].AsString != "Failed"), Is.Empty);
        Assert.That(shown.Json["requests"].AsArray.Count(request => request["action"].AsString == "Reset"), Is.EqualTo(5));
    }

    private string Actions(string resetting)
    {
        var secret = "@parameters('secret')";
        (string Name, string Address, string Authentication)[] calls =
        [
            ("OAuth", "/echo/1", $$"""{ "type": "OAuth2", "tokenUrl": "{{_server.Url}}/token", "clientId": "client-1", "clientSecret": "{{secret}}" }"""),
            ("Refused", "/echo/2", $$"""{ "type": "ActiveDirectoryOAuth", "authority": "{{_server.Url}}/badtoken?x=", "tenant": "t", "audience": "a", "clientId": "c", "secret": "CANARY-secret" }"""),
            ("Basic", "/echo/3", $$"""{ "type": "Basic", "username": "CANARY-user", "password": "{{secret}}" }"""),
            ("Raw", "/echo/4", """{ "type": "Raw", "value": "Custom CANARY-key" }"""),
            ("Key", "/echo/5", """{ "type": "ApiKey", "name": "X-Key", "value": "CANARY-key" }"""),
            ("KeyInQuery", "/echo/6", """{ "type": "ApiKey", "in": "query", "name": "key", "value": "CANARY-key" }"""),
            ("Aws", "/echo/7", """{ "type": "AwsSigV4", "accessKeyId": "AKIDEXAMPLE", "secretAccessKey": "CANARY-secret", "sessionToken": "CANARY-token", "region": "r", "service": "s" }"""),
            ("Certificate", "/echo/8", """{ "type": "ClientCertificate", "pfx": "CANARY-key", "password": "CANARY-secret" }"""),
            ("Misspelled", "/echo/9", """{ "type": "Basik", "username": "u", "password": "CANARY-secret" }"""),
        ];
        var actions = calls.Select(call => $$""" "{{call.Name}}": { "type": "Http", "inputs": { "method": "GET", "uri": "{{_server.Url}}{{call.Address}}", "authentication": {{call.Authentication}} } } """)
            .Append($$""" "Reset": { "type": "Http", "inputs": { "method": "GET", "uri": "{{resetting}}", "authentication": { "type": "ApiKey", "in": "query", "name": "key", "value": "CANARY-key" } } } """);
        return "{" + string.Join(",", actions) + "}";
    }

    /// <summary>Resets every connection once it has read something.</summary>
    private sealed class ResettingServer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly Task _serving;

        public ResettingServer()
        {
            _listener.Start();
            _serving = ServeAsync();
        }

        public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/";

        public void Dispose()
        {
            _listener.Stop();
            _serving.Wait();
        }

        private async Task ServeAsync()
        {
            while (true)
            {
                try
                {
                    using var client = await _listener.AcceptTcpClientAsync();
                    _ = await client.GetStream().ReadAsync(new byte[8192]);
                    client.LingerState = new LingerOption(true, 0);
                }
                catch (Exception e) when (e is SocketException or InvalidOperationException)
                {
                    return; // Stopped.
                }
            }
        }
    }
}
