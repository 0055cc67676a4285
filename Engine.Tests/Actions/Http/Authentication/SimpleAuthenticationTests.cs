using FlowEngine.Actions;

namespace FlowEngine.Tests;

/// <summary>Keys, passwords and managed identities.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class SimpleAuthenticationTests
{
    [TestCase("""{ "type": "ApiKey", "name": "X-Api-Key", "value": "key-of-mine" }""", """{"uri":"https://api.test/a","headers":{"X-Api-Key":"key-of-mine"}}""")]
    [TestCase("""{ "type": "apikey", "in": "Query", "name": "api key", "value": "key-of-mine" }""", """{"uri":"https://api.test/a?api%20key=key-of-mine"}""")]
    [TestCase("""{ "type": "Basic", "username": "user", "password": "key-of-mine" }""", """{"headers":{"Authorization":"Basic dXNlcjprZXktb2YtbWluZQ=="}}""")]
    [TestCase("""{ "type": "Raw", "value": "Custom key-of-mine" }""", """{"headers":{"Authorization":"Custom key-of-mine"}}""")]
    public async Task A_key_goes_where_it_belongs_and_never_shows(string authentication, string match)
    {
        var run = await AuthBench.CallAsync(authentication, $$"""[{"match":{{match}},"respond":{"body":"key-of-mine, dXNlcjprZXktb2YtbWluZQ=="} }]""");

        Assert.That(run.Action("Call").Status, Is.EqualTo(ActionStatus.Succeeded), run.Action("Call").Error?.Message);
        Assert.That(run.ToRecord().ToJson(), Does.Not.Contain("key-of-mine"));
        if (authentication.Contains("Basic", StringComparison.Ordinal)) Assert.That(run.ToRecord().ToJson(), Does.Not.Contain("dXNlcjprZXktb2YtbWluZQ=="));
    }

    [Test]
    public async Task A_key_joins_the_parameters_that_are_there()
    {
        using var bench = new HttpBench("""[{"match":{"uri":"https://api.test/a?b=1&key=v%26w"},"respond":{}}]""");

        var outcome = await bench.RunAsync("""{"method":"GET","uri":"https://api.test/a?b=1","authentication":{"type":"ApiKey","in":"query","name":"key","value":"v&w"}}""");

        Assert.That(outcome.Code, Is.EqualTo("OK"), outcome.Error?.Message);
    }

    [TestCase("", "")]
    [TestCase(""", "audience": "https://vault.azure.net", "identity": "SystemAssigned" """, "")]
    [TestCase(""", "identity": "6a1e7ea5-0000-4000-8000-000000000001" """, "&client_id=6a1e7ea5-0000-4000-8000-000000000001")]
    [TestCase(""", "identity": "/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i" """,
        "&mi_res_id=%2Fsubscriptions%2Fs%2FresourceGroups%2Fg%2Fproviders%2FMicrosoft.ManagedIdentity%2FuserAssignedIdentities%2Fi")]
    public async Task A_managed_identity_is_asked_for_where_the_environment_says(string members, string parameter)
    {
        var resource = members.Contains("vault", StringComparison.Ordinal) ? "https%3A%2F%2Fvault.azure.net" : "https%3A%2F%2Fmanagement.azure.com%2F";
        using var bench = new HttpBench($$"""
            [{"match":{"uri":"http://localhost:4141/msi/token?resource={{resource}}&api-version=2019-08-01{{parameter}}","headers":{"X-IDENTITY-HEADER":"header-of-host"} },
              "respond":{"body":{"access_token":"token-number-1","expires_on":"1772355599"} } },
             {"match":{"headers":{"Authorization":"Bearer token-number-1"} },"respond":{} }]
            """)
        {
            Outbound = new OutboundState(new HttpOptions { EnvironmentVariable = name => name == "IDENTITY_ENDPOINT" ? "http://localhost:4141/msi/token" : name == "IDENTITY_HEADER" ? "header-of-host" : null }),
        };

        var outcome = await bench.RunAsync($$"""{"method":"GET","uri":"https://api.test/a","authentication":{"type":"ManagedServiceIdentity"{{members}} } }""");

        Assert.That(outcome.Code, Is.EqualTo("OK"), outcome.Error?.Message);
    }

    [Test]
    public async Task A_virtual_machine_has_its_identity_from_the_metadata_service()
    {
        using var bench = new HttpBench("""
            [{"match":{"uri":"http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fmanagement.azure.com%2F","headers":{"Metadata":"true"}},
              "respond":{"body":{"access_token":"token-number-1","expires_in":"86400"}}},
             {"match":{"headers":{"Authorization":"Bearer token-number-1"}},"respond":{}}]
            """)
        {
            Outbound = Nowhere,
        };

        Assert.That((await bench.RunAsync("""{"method":"GET","uri":"https://api.test/a","authentication":{"type":"ManagedServiceIdentity"}}""")).Code, Is.EqualTo("OK"));
    }

    [TestCase("timeout")]
    [TestCase("unresolved")]
    [TestCase("reset")]
    public async Task Elsewhere_there_is_no_managed_identity_and_the_error_says_so(string fault)
    {
        using var bench = new HttpBench($$"""[{"match":{"uri":"http://169.254.169.254/*"},"respond":{"fault":"{{fault}}"} }]""") { Outbound = Nowhere };

        var outcome = await bench.RunAsync("""{"method":"GET","uri":"https://api.test/a","authentication":{"type":"ManagedServiceIdentity"}}""");

        Assert.That(outcome.Error!.Message, Does.StartWith("Http request failed as there is an error getting the token of the managed identity: 'there is no managed identity here. IDENTITY_ENDPOINT is not set"));
        Assert.That(bench.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_metadata_service_that_is_not_well_is_asked_again()
    {
        using var bench = new HttpBench("""
            [{"match":{"uri":"http://169.254.169.254/*"},"respond":[{"status":500},{"status":429},{"body":{"access_token":"token-number-1","expires_in":"86400"}}]},
             {"match":{"headers":{"Authorization":"Bearer token-number-1"}},"respond":{}}]
            """)
        {
            Outbound = Nowhere,
        };

        Assert.That((await bench.RunAsync("""{"method":"GET","uri":"https://api.test/a","authentication":{"type":"ManagedServiceIdentity"}}""")).Code, Is.EqualTo("OK"));
        Assert.That(bench.RetryHistory, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_metadata_service_that_never_answers_is_left_though_the_clock_stands_still()
    {
        using var bench = new HttpBench(new SilentHandler()) { Outbound = Nowhere };

        var outcome = await bench.RunAsync("""{"method":"GET","uri":"https://api.test/a","authentication":{"type":"ManagedServiceIdentity"}}""");

        Assert.That(outcome.Error!.Message, Does.Contain("the instance metadata service gives no answer (the timeout was reached)"));
        Assert.That(bench.Elapsed, Is.EqualTo(TimeSpan.Zero));
    }

    private sealed class SilentHandler : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            throw new InvalidOperationException("Never reached: the wait ends by its token alone.");
        }
    }

    private static OutboundState Nowhere => new(new HttpOptions { EnvironmentVariable = _ => null });
}
