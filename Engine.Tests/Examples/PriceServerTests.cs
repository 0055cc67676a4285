using FlowEngine.Actions;
using FlowEngine.Examples;

namespace FlowEngine.Tests;

/// <summary>The crypto price monitor over loopback, against the server of the example. The waits of retries are virtual, the requests are real.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PriceServerTests : IDisposable
{
    // Longer than the engine waits for an answer here, so that silence is a time-out.
    private readonly PriceServer _server = new(silence: TimeSpan.FromSeconds(3));

    public void Dispose() => _server.Dispose();

    [Test]
    public async Task All_well_three_sources_are_consolidated_and_stored()
    {
        var monitor = await RunAsync();

        Assert.That(monitor.Status, Is.EqualTo(ActionStatus.Succeeded));
        Assert.That(monitor.PricesBySource, Is.EquivalentTo(new Dictionary<string, int> { ["coingecko"] = 5, ["binance"] = 5, ["fallback"] = 5 }));
        Assert.That(monitor.Errors, Is.Empty);
        Assert.That(FlowValue.Parse(_server.Stored.Single())["metadata"]["qualityMetrics"]["errorCount"].AsInteger, Is.Zero);
    }

    [Test]
    public async Task A_source_that_fails_leaves_the_prices_of_the_others(
        [Values("coingecko", "binance", "fallback")] string source, [Values(Fault.Timeout, Fault.OutOfQuota, Fault.Error, Fault.Malformed, Fault.Empty)] Fault fault)
    {
        _server.Fail(source, fault);

        var monitor = await RunAsync();

        Assert.That(monitor.Status, Is.EqualTo(ActionStatus.Succeeded));
        Assert.That(monitor.Errors, Has.Some.EqualTo($"source_failed {source}"));
        var others = new[] { "coingecko", "binance", "fallback" }.Except([source]).ToArray();
        Assert.That(monitor.PricesBySource, Is.EquivalentTo(others.ToDictionary(other => other, _ => 5)));
        Assert.That(FlowValue.Parse(_server.Stored.Single())["metadata"]["totalRecords"].AsInteger, Is.EqualTo(10));
    }

    [Test]
    public async Task A_storage_that_refuses_fails_the_run()
    {
        _server.Fail("storage", Fault.Forbidden);

        var monitor = await RunAsync();

        Assert.That((monitor.Status, monitor.Run.Error?.Code), Is.EqualTo((ActionStatus.Failed, "StorageFailed")));
        Assert.That(monitor.Prices.Count(), Is.EqualTo(15));
        Assert.That(_server.Stored, Is.Empty);
    }

    [TestCase("CoinGecko_API_Key", "coingecko")]
    [TestCase("Binance_API_Key", "binance")]
    [TestCase("Binance_Secret_Key", "binance")]
    public async Task A_wrong_key_is_refused_by_its_source(string parameter, string source)
    {
        var monitor = await RunAsync(parameter);

        Assert.That(monitor.Errors, Is.EqualTo([$"source_failed {source}"]));
    }

    [TestCase("faults/coingecko/429", 204)]
    [TestCase("faults/coingecko/flood", 404)]
    [TestCase("faults/kraken/429", 404)]
    public async Task Faults_are_switched_by_a_request(string path, int status)
    {
        using var client = new HttpClient();
        using var answer = await client.PutAsync(new Uri($"{_server.Address}/{path}"), null);
        var monitor = await RunAsync();

        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
        Assert.That(monitor.Errors.Contains("rate_limited coingecko"), Is.EqualTo(status == 204));
    }

    /// <summary>Runs the monitor in its environment <c>local</c>, at this server's port; one parameter may be wrong.</summary>
    private async Task<PriceMonitor> RunAsync(string? wrong = null)
    {
        var environment = Repository.Text("examples/crypto-price-monitor/environments/local.json").Replace("http://localhost:8085", _server.Address, StringComparison.Ordinal);
        var parameters = FlowValue.Parse(environment)["parameters"];
        await using var engine = WorkflowEngine.Create(o => o.UseParameters(parameters).UseHttp(new HttpOptions { RequestTimeout = TimeSpan.FromSeconds(1) }));
        return await PriceMonitor.RunAsync(engine, new RunOptions { Parameters = wrong is null ? null : FlowValue.Parse($$"""{ "{{wrong}}": "wrong" }""").AsObject });
    }
}
