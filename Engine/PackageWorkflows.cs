using System.Collections.Concurrent;
using FlowEngine.Definitions;

namespace FlowEngine;

/// <summary>The flows of a package, for those of it that call each other by name or id. Each is compiled when it is first called.</summary>
/// <param name="package">The package.</param>
/// <param name="options">What they are compiled with.</param>
internal sealed class PackageWorkflows(FlowPackage package, WorkflowOptions? options = null) : IWorkflowCatalog
{
    private readonly ConcurrentDictionary<string, Workflow?> _found = new(StringComparer.OrdinalIgnoreCase);

    public Workflow? Find(string name) => _found.GetOrAdd(name, Load);

    private Workflow? Load(string name) => package.Find(name) is { } flow ? Workflow.Compile(Workflow.ReadDocument(package, flow, options), options) : null;
}
