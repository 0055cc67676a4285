using FlowEngine.Actions;
using FlowEngine.Testing;

namespace FlowEngine.Tests;

/// <summary>The tutorial's exercise with each of its sources failing in turn: the others' prices are stored, and the run succeeds.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class PriceMonitorTests
{
    private static readonly Dictionary<string, string> Addresses = new()
    {
        ["coingecko"] = "https://api.coingecko.com/*",
        ["binance"] = "https://api.binance.com/*",
        ["fallback"] = "https://prices.fallback.example/*",
        ["storage"] = "https://storage.example/*",
    };

    private static readonly Dictionary<string, string> Faults = new()
    {
        ["timeout"] = """{ "fault": "timeout" }""",
        ["429"] = """{ "status": 429, "headers": { "Retry-After": "17" }, "body": { "error": "quota reached" } }""",
        ["500"] = """{ "status": 500, "body": "<html>Something broke.</html>" }""",
        ["malformed"] = """{ "headers": { "Content-Type": "application/json" }, "body": "{\"bitcoin\":{" }""",
        ["empty"] = """{ "status": 200 }""",
        ["401"] = """{ "status": 401 }""",
        ["403"] = """{ "status": 403 }""",
    };

    [Test]
    public async Task All_well_three_sources_are_consolidated_and_stored()
    {
        var monitor = await RunAsync();

        Assert.That(monitor.Status, Is.EqualTo(ActionStatus.Succeeded));
        Assert.That(monitor.PricesBySource, Is.EquivalentTo(new Dictionary<string, int> { ["coingecko"] = 4, ["binance"] = 4, ["fallback"] = 2 }));
        Assert.That(monitor.Errors, Is.EqualTo(["invalid_price_data coingecko", "invalid_price_data binance"]), "LINK has no price at CoinGecko and a zero at Binance");
        Assert.That(monitor.Sent["metadata"]["sources"].ToString(), Is.EqualTo("""["coingecko","binance","fallback"]"""));
        Assert.That(monitor.Run.Action("Store_Price_Data").Outputs["statusCode"].AsInteger, Is.EqualTo(201));
    }

    [Test]
    public async Task A_source_that_fails_leaves_the_prices_of_the_others(
        [Values("coingecko", "binance", "fallback")] string source, [Values("timeout", "429", "500", "malformed", "empty")] string fault)
    {
        var monitor = await RunAsync((source, fault));

        Assert.That(monitor.Status, Is.EqualTo(ActionStatus.Succeeded));
        Assert.That(monitor.Errors, Has.Some.EqualTo($"source_failed {source}"));
        Assert.That(monitor.PricesBySource.Keys, Is.EquivalentTo(new[] { "coingecko", "binance", "fallback" }.Except([source])));
        Assert.That(monitor.Sent["data"], Is.EqualTo(monitor.Run.Variables["consolidatedPrices"]));
        Assert.That(monitor.Run.Action("Store_Price_Data").Outputs["statusCode"].AsInteger, Is.EqualTo(201));
    }

    [Test]
    public async Task CoinGecko_out_of_quota_is_waited_for_as_long_as_it_says()
    {
        var monitor = await RunAsync(("coingecko", "429"));

        var delay = monitor.Run.Action("Implement_Delay");
        Assert.That(monitor.Run.Requests.Count(request => request.Action == "CoinGecko_Request"), Is.EqualTo(4));
        Assert.That(monitor.Run.Action("Extract_Retry_After").Outputs.AsInteger, Is.EqualTo(17));
        Assert.That((delay.Status, delay.EndTime - delay.StartTime), Is.EqualTo((ActionStatus.Succeeded, TimeSpan.FromSeconds(17))));
        Assert.That(monitor.Errors, Has.Some.EqualTo("rate_limited coingecko"));
        Assert.That(monitor.Run.Variables["requestCounter"].AsInteger, Is.Zero);
    }

    [Test]
    public async Task Binance_gets_a_signature_of_the_query_that_it_gets()
    {
        var monitor = await RunAsync();

        // HMAC-SHA256 of the query before the signature with the key of parameters.json.
        const string query = "symbols=%5B%22BTCUSDT%22%2C%22ETHUSDT%22%2C%22ADAUSDT%22%2C%22DOTUSDT%22%2C%22LINKUSDT%22%5D&timestamp=1770044400000";
        var request = monitor.Run.Requests.Single(request => request.Action == "Binance_Request");
        Assert.That(request.Uri, Does.EndWith($"/ticker/24hr?{query}&signature=82e76ad065b763bb627cc6ef6ea612321520ab31b772cd5353d6164dfb72f4ee"));
    }

    [Test]
    public async Task A_storage_that_stays_down_is_asked_six_times_and_fails_the_run()
    {
        var monitor = await RunAsync(("storage", "500"));

        Assert.That((monitor.Status, monitor.Run.Error?.Code), Is.EqualTo((ActionStatus.Failed, "StorageFailed")));
        Assert.That(monitor.Run.Requests.Count(request => request.Action == "Store_Price_Data"), Is.EqualTo(6));
        Assert.That(monitor.Errors, Has.Some.EqualTo("storage_failed"));
    }

    [Test]
    public async Task A_storage_that_refuses_fails_the_run_and_the_prices_are_in_its_record()
    {
        var monitor = await RunAsync(("storage", "403"));

        Assert.That((monitor.Status, monitor.Run.Error?.Code), Is.EqualTo((ActionStatus.Failed, "StorageFailed")));
        Assert.That(monitor.Prices.Count(), Is.EqualTo(10));
    }

    [Test]
    public async Task Without_any_price_nothing_is_stored()
    {
        var monitor = await RunAsync(("coingecko", "500"), ("binance", "500"), ("fallback", "500"));

        Assert.That((monitor.Status, monitor.Run.Error?.Code), Is.EqualTo((ActionStatus.Failed, "NoPrices")));
        Assert.That(monitor.Sent.IsNull);
    }

    [Test]
    public async Task As_printed_a_source_that_fails_leaves_the_prices_of_the_others(
        [Values("coingecko", "binance", "fallback")] string source, [Values("timeout", "429", "500", "malformed", "empty", "401")] string fault)
    {
        var monitor = await RunPrintedAsync((source, fault));

        Assert.That(monitor.Status, Is.EqualTo(ActionStatus.Succeeded));
        Assert.That(monitor.PricesBySource.Keys, Is.EquivalentTo(new[] { "coingecko", "binance", "fallback" }.Except([source])));
        Assert.That(monitor.Sent["data"], Is.EqualTo(monitor.Run.Variables["consolidatedPrices"]));
        Assert.That(monitor.Run.Action("Store_Price_Data").Outputs["statusCode"].AsInteger, Is.EqualTo(201));
    }

    [Test]
    public async Task As_printed_CoinGecko_out_of_quota_is_asked_four_times_and_waited_for()
    {
        var monitor = await RunPrintedAsync(("coingecko", "429"));

        var delay = monitor.Run.Action("Implement_Delay");
        Assert.That(monitor.Run.Requests.Count(request => request.Action == "CoinGecko_Request"), Is.EqualTo(4));
        Assert.That((delay.Status, delay.EndTime - delay.StartTime), Is.EqualTo((ActionStatus.Succeeded, TimeSpan.FromSeconds(17))));
        Assert.That(monitor.Run.Action("Log_Rate_Limit").Outputs["retryAfter"].AsString, Is.EqualTo("17"));
    }

    [Test]
    public async Task As_printed_a_storage_that_refuses_fails_the_run_and_the_prices_are_in_its_record()
    {
        var monitor = await RunPrintedAsync(("storage", "403"));

        Assert.That(monitor.Status, Is.EqualTo(ActionStatus.Failed));
        Assert.That(monitor.Prices.Count(), Is.EqualTo(5));
    }

    private static Task<PriceMonitor> RunAsync(params (string Service, string Fault)[] failing) => RunAsync("crypto-price-monitor", failing);

    private static Task<PriceMonitor> RunPrintedAsync(params (string Service, string Fault)[] failing) => RunAsync("crypto-price-monitor/as-printed", failing);

    private static async Task<PriceMonitor> RunAsync(string example, (string Service, string Fault)[] failing)
    {
        var faults = failing.Select(fail => $$"""{ "match": { "uri": "{{Addresses[fail.Service]}}" }, "respond": {{Faults[fail.Fault]}} },""");
        var mocks = "[" + string.Concat(faults) + new Example(example).Text("mocks.json").TrimStart()[1..];
        using var handler = new MockHttpHandler(MockSet.Parse(mocks));
        await using var engine = WorkflowEngine.Create(o => o.UseParameters(FlowValue.Parse(new Example(example).Text("parameters.json"))));
        return await PriceMonitor.RunAsync(engine, new RunOptions { HttpHandler = handler }, asPrinted: example.EndsWith("as-printed", StringComparison.Ordinal));
    }
}
