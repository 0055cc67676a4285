using System.Collections.Concurrent;
using FlowEngine.Definitions;

namespace FlowEngine;

/// <summary>Workflows in folders of their own: <c>CHILD/workflow.json</c>. Each is read and compiled when it is first called.</summary>
/// <param name="folder">The folder that holds the workflows' folders.</param>
/// <param name="options">What they are compiled with.</param>
public sealed class WorkflowFolder(string folder, WorkflowOptions? options = null) : IWorkflowCatalog
{
    private readonly ConcurrentDictionary<string, Workflow?> _found = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The folder in which a workflow finds those that it calls: its own for <c>flow.json</c>, the one around for <c>NAME/workflow.json</c>.</summary>
    public static WorkflowFolder Beside(string file, WorkflowOptions? options = null)
    {
        file = FileOnDisk.Find(file) ?? file;
        var own = Path.GetDirectoryName(Path.GetFullPath(file)) ?? ".";
        var isNamed = Path.GetFileName(file).Equals("workflow.json", StringComparison.OrdinalIgnoreCase);
        return new WorkflowFolder(isNamed ? Path.GetDirectoryName(own) ?? own : own, options);
    }

    /// <inheritdoc/>
    public Workflow? Find(string name) => _found.GetOrAdd(name, Load);

    private Workflow? Load(string name)
    {
        if (!Directory.Exists(folder)) return null;
        var files = Directory.EnumerateDirectories(folder).Select(child => Path.Combine(child, "workflow.json")).Where(File.Exists).Order(StringComparer.Ordinal).ToArray();
        var named = Array.Find(files, file => Path.GetFileName(Path.GetDirectoryName(file))!.Equals(name, StringComparison.OrdinalIgnoreCase));
        return (named ?? Array.Find(files, file => HasId(file, name))) is { } found ? Workflow.Load(found, options) : null;
    }

    // A reference name may also be the id in the child's file (solution exports).
    private static bool HasId(string file, string id)
    {
        try
        {
            return WorkflowIds.Names(FlowValue.Parse(File.ReadAllText(file)), id);
        }
        catch (FlowJsonException)
        {
            return false; // A broken file beside is not the one that is called.
        }
    }
}
