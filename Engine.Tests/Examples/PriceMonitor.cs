using FlowEngine.Actions;

namespace FlowEngine.Tests;

/// <summary>A run of the crypto price monitor, and what its tests ask of it. 2026-02-02T15:00Z is a Monday at ten in New York: market hours.</summary>
internal sealed record PriceMonitor(RunResult Run)
{
    public static readonly DateTimeOffset MarketHours = new(2026, 2, 2, 15, 0, 0, TimeSpan.Zero);

    private static readonly Lazy<Workflow> Flow = new(() => Workflow.Load(Repository.Locate("examples/crypto-price-monitor/flow.json")));
    private static readonly Lazy<Workflow> AsPrinted = new(() => Workflow.Load(Repository.Locate("examples/crypto-price-monitor/as-printed/flow.json")));

    public ActionStatus Status => Run.Status;

    /// <summary>How many prices of each source were found valid, by source.</summary>
    public IReadOnlyDictionary<string, int> PricesBySource => Prices.CountBy(price => price["source"].AsString).ToDictionary();

    public IEnumerable<FlowValue> Prices => Run.Variables["consolidatedPrices"].AsArray;

    /// <summary>Kinds of entries of the error log, each with its source.</summary>
    public IEnumerable<string> Errors => Run.Variables["errorLog"].AsArray.Select(error => $"{error["error_type"].AsString} {error["source"].AsStringOrNull}".TrimEnd());

    /// <summary>The body of the request that the storage answered last; nothing where none was sent.</summary>
    public FlowValue Sent => Run.Action("Store_Price_Data") is { Status: not ActionStatus.Skipped } store ? store.Inputs["body"] : default;

    /// <summary>Runs the monitor, or the tutorial's fragments of it joined as they are printed.</summary>
    public static async Task<PriceMonitor> RunAsync(WorkflowEngine engine, RunOptions options, bool asPrinted = false) =>
        new(await engine.RunAsync((asPrinted ? AsPrinted : Flow).Value, TriggerRequest.Empty, options with { Time = new VirtualTimeProvider(MarketHours), Seed = 1 }));
}
