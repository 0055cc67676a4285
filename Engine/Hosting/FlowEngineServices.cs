using Microsoft.Extensions.DependencyInjection;

namespace FlowEngine;

/// <summary>Registers the engine with a host's services.</summary>
public static class FlowEngineServices
{
    /// <summary>Adds one <see cref="WorkflowEngine"/> for the whole host. A <see cref="TimeProvider"/> among the services is taken as its clock.</summary>
    public static IServiceCollection AddFlowEngine(this IServiceCollection services, Action<WorkflowEngineBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddSingleton(provider => WorkflowEngine.Create(builder =>
        {
            if (provider.GetService(typeof(TimeProvider)) is TimeProvider time) builder.UseTime(time);
            if (provider.GetService(typeof(Serilog.ILogger)) is Serilog.ILogger logger) builder.UseLogger(logger);
            configure?.Invoke(builder);
        }));
        return services;
    }
}
