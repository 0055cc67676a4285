using FlowEngine.Connectors;

namespace FlowEngine.Testing;

/// <summary>Parameter values of a run: those given over those of the environment.</summary>
internal static class ConnectionParameters
{
    /// <summary>The values. Of the environment only what the workflow declares: one file serves all workflows of a folder.</summary>
    public static FlowObject Over(ConnectionSettings environment, FlowObject given, Workflow workflow)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(given);
        ArgumentNullException.ThrowIfNull(workflow);
        var declared = workflow.Document.Definition?.Parameters ?? [];
        var values = new FlowObjectBuilder();
        foreach (var (name, value) in environment.Parameters)
        {
            if (declared.FirstOrDefault(parameter => parameter.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } parameter && !given.Contains(name)) values.Set(parameter.Name, value);
        }

        foreach (var (name, value) in given) values.Set(name, value);
        return values.ToObject();
    }
}
