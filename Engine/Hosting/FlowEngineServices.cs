using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FlowEngine;

/// <summary>Registers the engine with a host's services.</summary>
public static class FlowEngineServices
{
    /// <summary>Adds one <see cref="WorkflowEngine"/> for the whole host. A <see cref="TimeProvider"/> among the services is taken as its clock, a Serilog or Microsoft logger as its log.</summary>
    public static IServiceCollection AddFlowEngine(this IServiceCollection services, Action<WorkflowEngineBuilder>? configure = null) =>
        services.AddFlowEngine((_, builder) => configure?.Invoke(builder));

    /// <summary>Adds one <see cref="WorkflowEngine"/> for the whole host, set up with other services of it.</summary>
    public static IServiceCollection AddFlowEngine(this IServiceCollection services, Action<IServiceProvider, WorkflowEngineBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddSingleton(provider => WorkflowEngine.Create(builder =>
        {
            if (provider.GetService(typeof(TimeProvider)) is TimeProvider time) builder.UseTime(time);
            if (provider.GetService(typeof(Serilog.ILogger)) is Serilog.ILogger logger) builder.UseLogger(logger);
            else if (provider.GetService(typeof(ILoggerFactory)) is ILoggerFactory logs) builder.UseLogger(logs.CreateLogger("FlowEngine"));
            configure(provider, builder);
        }));
        return services;
    }
}
