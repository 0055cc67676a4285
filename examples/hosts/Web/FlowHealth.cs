using FlowEngine;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace WebHost;

/// <summary>Degraded while a flow of the folder has errors; the others run.</summary>
internal sealed class FlowHealth(WorkflowCatalog catalog) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var broken = catalog.Flows.Where(flow => flow.HasErrors).Select(flow => flow.Name).ToList();
        return Task.FromResult(broken.Count == 0 ? HealthCheckResult.Healthy($"{catalog.Flows.Count} flows") : HealthCheckResult.Degraded($"These flows have errors: {string.Join(", ", broken)}."));
    }
}
