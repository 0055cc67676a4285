using FlowEngine;

namespace WebHost;

/// <summary>Runs the flows that have a schedule, and asks the servers of Http triggers at their times, while the host lives. Nothing is kept: what is due while it is down is lost.</summary>
internal sealed class ScheduledFlows(WorkflowCatalog catalog, WorkflowEngine engine, ILogger<ScheduledFlows> log) : BackgroundService
{
    private static readonly string[] Scheduled = ["Recurrence", "SlidingWindow", "Http"];

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(catalog.Flows.Where(flow => !flow.HasErrors && flow.Document.Definition!.Triggers.Any(trigger => Scheduled.Contains(trigger.Type))).Select(flow => FollowAsync(flow, stoppingToken)));

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        // Runs under way may end by themselves as long as the host's patience lasts.
        await engine.StopAsync(cancellationToken);
    }

    private async Task FollowAsync(CatalogFlow flow, CancellationToken stopping)
    {
        try
        {
            await engine.ListenAsync(flow.Workflow, cancellation: stopping);
        }
        catch (InvalidInputException e)
        {
            log.LogError(e, "The schedule of {Flow} can't be followed", flow.Name);
        }
    }
}
