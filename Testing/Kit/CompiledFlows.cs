using System.Collections.Concurrent;
using FlowEngine.Connectors;

namespace FlowEngine.Testing;

/// <summary>A flow, the folder in which it finds those that it calls, and the connectors beside it.</summary>
internal sealed record CompiledFlow(Workflow Workflow, IWorkflowCatalog? Children, ConnectorLibrary Connectors);

/// <summary>Flows compiled once for all tests of a process: a plan is immutable and serves any number of runs at once.</summary>
internal static class CompiledFlows
{
    private static readonly ConcurrentDictionary<string, (DateTime Written, long Length, Lazy<CompiledFlow> Flow)> Known = new(StringComparer.Ordinal);

    /// <summary>The flow of a file, compiled anew where the file was written since.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DefinitionException">It has errors; all of them are listed.</exception>
    public static CompiledFlow Of(string file)
    {
        var path = Path.GetFullPath(file);
        var now = new FileInfo(path);
        if (!now.Exists) throw new FileNotFoundException($"There is no flow '{file}'.", file);
        var (written, length) = (now.LastWriteTimeUtc, now.Length);
        return Known.AddOrUpdate(
            path,
            key => (written, length, Compile(key, file)),
            (key, known) => known.Written == written && known.Length == length ? known : (written, length, Compile(key, file))).Flow.Value;
    }

    // Lazy: of several tests that ask at once one compiles, the others wait for it.
    private static Lazy<CompiledFlow> Compile(string path, string file) => new(() => new CompiledFlow(Workflow.Load(file), WorkflowFolder.Beside(path), ConnectorLibrary.Beside(path)));
}
