using FlowEngine.Connectors;
using FlowEngine.Definitions;
using static FlowEngine.Tests.Connectors.PolicyBench;

namespace FlowEngine.Tests.Connectors;

/// <summary>Nothing in a policy document is passed over in silence.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class PolicyEffectTests
{
    [TestCase("<rate-limit calls=\"1\" renewal-period=\"1\" remaining-calls-header-name=\"X-Left\" />", "remaining-calls-header-name")]
    [TestCase("<quota calls=\"1\" renewal-period=\"1\" first-period-start=\"2026-01-01T00:00:00Z\" />", "first-period-start")]
    [TestCase("<forward-request follow-redirects=\"true\" />", "follow-redirects")]
    [TestCase("<forward-request fail-on-error-status-code=\"true\" />", "fail-on-error-status-code")]
    [TestCase("<cache-lookup vary-by-developer=\"true\" vary-by-developer-groups=\"false\" />", "vary-by-developer")]
    [TestCase("<cache-store-value key=\"a\" value=\"b\" duration=\"1\" caching-type=\"external\" />", "caching-type")]
    [TestCase("<set-body xsi-nil=\"blank\">x</set-body>", "xsi-nil")]
    [TestCase("<return-response response-variable-name=\"r\" />", "response-variable-name")]
    [TestCase("<set-header name=\"a\" exists-action=\"delete\"><value>1</value></set-header>", "Values of 'set-header'")]
    [TestCase("<trace source=\"a\"><message>m</message></trace>", "'trace'")]
    [TestCase("<set-variable name=\"a\" value=\"b\">text</set-variable>", "Text in 'set-variable'")]
    [TestCase("lost words", "Text in 'inbound'")]
    public void What_changes_nothing_is_told(string inbound, string word)
    {
        var fault = PolicyDocument.Parse(Document(inbound)).Diagnostics.Single();

        Assert.Multiple(() =>
        {
            Assert.That((fault.Code, fault.Severity), Is.EqualTo((DiagnosticCodes.PolicyWithoutEffect, DiagnosticSeverity.Warning)));
            Assert.That(fault.Message, Does.Contain(word));
        });
    }

    [TestCase("<cache-lookup vary-by-developer=\"false\" vary-by-developer-groups=\"false\" downstream-caching-type=\"none\" />")]
    [TestCase("<forward-request timeout=\"10\" buffer-response=\"true\" />")]
    [TestCase("<set-header name=\"a\" exists-action=\"delete\" />")]
    public void What_says_what_holds_anyway_is_not_told(string inbound) =>
        Assert.That(PolicyDocument.Parse(Document(inbound)).Diagnostics, Is.Empty);

    [TestCase("<choose><when condition=\"@(true)\" note=\"n\" /></choose>", DiagnosticCodes.PolicyUnknown, "'note'")]
    [TestCase("<choose><when /></choose>", DiagnosticCodes.PolicyValue, "'condition'")]
    [TestCase("<choose><when condition=\"@(true)\" /><otherwise /><otherwise /></choose>", DiagnosticCodes.PolicyValue, "twice")]
    [TestCase("<set-header name=\"a\"><value kind=\"x\">1</value></set-header>", DiagnosticCodes.PolicyUnknown, "'kind'")]
    [TestCase("<return-response><set-status code=\"200\" cod=\"1\" /></return-response>", DiagnosticCodes.PolicyUnknown, "'cod'")]
    [TestCase("<return-response><set-body>a</set-body><set-body>b</set-body></return-response>", DiagnosticCodes.PolicyValue, "twice")]
    [TestCase("<validate-jwt header-name=\"A\"><issuer-signing-keys><key n=\"AQAB\" /></issuer-signing-keys></validate-jwt>", DiagnosticCodes.PolicyValue, "'n' and 'e'")]
    [TestCase("<validate-jwt header-name=\"A\"><issuer-signing-keys><key kid=\"1\">AQAB</key></issuer-signing-keys></validate-jwt>", DiagnosticCodes.PolicyUnknown, "'kid'")]
    public void What_is_wrong_within_a_policy_is_an_error(string inbound, string code, string word)
    {
        var fault = PolicyDocument.Parse(Document(inbound)).Diagnostics[0];

        Assert.Multiple(() =>
        {
            Assert.That((fault.Code, fault.Severity), Is.EqualTo((code, DiagnosticSeverity.Error)));
            Assert.That(fault.Message, Does.Contain(word));
        });
    }

    [Test]
    public async Task The_message_of_a_quota_has_its_days()
    {
        var run = await RunAsync(
            Document("<quota calls=\"1\" renewal-period=\"604800\" />"),
            """
            { "Each": { "type": "Foreach", "foreach": "@range(0, 2)", "operationOptions": "Sequential", "actions": {
                "Call": { "type": "OpenApiConnection", "inputs": { "host": { "connectionName": "sales", "operationId": "Get" }, "parameters": { "area": "x" } } } } } }
            """);

        Assert.That(run["Each"].Iteration(1)["Call"].Outputs["body"]["message"].AsString, Is.EqualTo("Out of call volume quota. Quota will be replenished in 7.00:00:00."));
    }

    [Test]
    public async Task Waits_and_limits_longer_than_timers_take_are_cut()
    {
        var run = await GetAsync(Document(backend: "<forward-request timeout=\"2000000000\" />"));

        Assert.That(run["Call"].Error, Is.Null);
    }

    [Test]
    public async Task A_status_that_is_none_is_refused()
    {
        var run = await GetAsync(Document("<return-response><set-status code=\"99\" /></return-response>"));

        Assert.That(run["Call"].Error!.Message, Does.Contain("from 100 to 599"));
    }

    [Test]
    public void Counters_of_keys_that_come_and_go_are_forgotten()
    {
        var counters = new PolicyCounters();
        var start = DateTimeOffset.UnixEpoch;

        for (var i = 0; i < 100_000; i++)
        {
            counters.Enter($"rate {i}", 10, TimeSpan.FromSeconds(1), start.AddMilliseconds(10 * i), 1);
            counters.Spend($"quota {i}", 10, TimeSpan.FromSeconds(1), start.AddMilliseconds(10 * i), 1);
        }

        Assert.That(counters.Count, Is.LessThan(1_000), "a second has 200 of them");
    }

    [Test]
    public void A_counter_that_still_counts_is_kept_among_many()
    {
        var counters = new PolicyCounters();
        counters.Spend("day", 1, TimeSpan.FromDays(1), DateTimeOffset.UnixEpoch, 1);

        for (var i = 0; i < 10_000; i++) counters.Spend($"short {i}", 1, TimeSpan.FromMilliseconds(1), DateTimeOffset.UnixEpoch.AddSeconds(i), 1);

        Assert.That(counters.Spend("day", 1, TimeSpan.FromDays(1), DateTimeOffset.UnixEpoch.AddHours(23), 1), Is.EqualTo(TimeSpan.FromHours(1)));
    }

    [Test]
    public void A_cache_stays_within_its_bytes()
    {
        var cache = new PolicyCache<string>(10_000);

        cache.Keep("large", "v", 20_000, TimeSpan.FromDays(1), DateTimeOffset.UnixEpoch);
        for (var i = 0; i < 1_000; i++) cache.Keep($"{i}", "v", 1_000, TimeSpan.FromDays(1), DateTimeOffset.UnixEpoch);

        Assert.Multiple(() =>
        {
            Assert.That(cache.TryGet("large", DateTimeOffset.UnixEpoch, out _), Is.False);
            Assert.That(cache.TryGet("999", DateTimeOffset.UnixEpoch, out var last), Is.True);
            Assert.That(last, Is.EqualTo("v"));
            Assert.That(Enumerable.Range(0, 1_000).Count(i => cache.TryGet($"{i}", DateTimeOffset.UnixEpoch, out _)), Is.LessThanOrEqualTo(10));
        });
    }
}
