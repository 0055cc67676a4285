using System.Collections.Concurrent;
using FlowEngine.Connectors;

namespace FlowEngine.Testing;

/// <summary>A flow, the folder in which it finds those that it calls, the connectors beside it, and its connections and app settings.</summary>
internal sealed record CompiledFlow(Workflow Workflow, IWorkflowCatalog? Children, ConnectorLibrary Connectors)
{
    /// <summary>The file that it was compiled from, and may be again; null where the host compiled it.</summary>
    public string? File { get; init; }

    /// <summary>What stands beside it; none before <see cref="In"/>.</summary>
    public ConnectionSettings Settings { get; private init; } = ConnectionSettings.Empty;

    /// <summary>The same flow with what stands beside it, in an environment or in none. App settings are part of what is compiled.</summary>
    /// <exception cref="FileNotFoundException">There is no such environment.</exception>
    /// <exception cref="ConnectorFormatException">A file beside it has errors, or an app setting can't be had.</exception>
    /// <param name="environment">The environment; null for none.</param>
    /// <param name="appSettings">App settings over those of the environment.</param>
    public CompiledFlow In(string? environment, FlowObject appSettings)
    {
        var settings = ConnectionSettings.Beside(Workflow.Document.File, environment, withLocal: false);
        var all = settings.AppSettingsForFlows();
        if (appSettings.Count > 0)
        {
            var over = (all ?? FlowObject.Empty).ToBuilder();
            foreach (var (name, value) in appSettings) over.Set(name, value);
            all = over.ToObject();
        }

        var flow = all is null ? this : File is null ? this with { Workflow = Workflow.WithAppSettings(all) } : CompiledFlows.Of(File, all);
        return flow with { Settings = settings };
    }
}

/// <summary>Flows compiled once for all tests of a process: a plan is immutable and serves any number of runs at once.</summary>
internal static class CompiledFlows
{
    private static readonly ConcurrentDictionary<(string Path, string? AppSettings), (DateTime Written, long Length, Lazy<CompiledFlow> Flow)> Known = new();

    /// <summary>The flow of a file, compiled anew where the file was written since.</summary>
    /// <param name="file">The file.</param>
    /// <param name="appSettings">What <c>appsetting()</c> gives in it; null for nothing.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DefinitionException">It has errors; all of them are listed.</exception>
    public static CompiledFlow Of(string file, FlowObject? appSettings = null)
    {
        var path = Path.GetFullPath(file);
        var now = new FileInfo(path);
        if (!now.Exists) throw new FileNotFoundException($"There is no flow '{file}'.", file);
        var (written, length) = (now.LastWriteTimeUtc, now.Length);
        return Known.AddOrUpdate(
            (path, appSettings is null ? null : ((FlowValue)appSettings).ToJson()),
            _ => (written, length, Compile(path, file, appSettings)),
            (_, known) => known.Written == written && known.Length == length ? known : (written, length, Compile(path, file, appSettings))).Flow.Value;
    }

    /// <summary>Compiles every flow anew when it is asked for.</summary>
    public static void Forget() => Known.Clear();

    private static bool IsOfProject(string path) =>
        Path.GetFileName(path).Equals("workflow.json", StringComparison.OrdinalIgnoreCase)
        && Path.GetDirectoryName(Path.GetDirectoryName(path)) is { } around && System.IO.File.Exists(Path.Combine(around, "parameters.json"));

    // Lazy: of several tests that ask at once one compiles, the others wait for it.
    private static Lazy<CompiledFlow> Compile(string path, string file, FlowObject? appSettings) => new(() =>
    {
        // Not those of local.settings.json, which is one person's: a test gives the same everywhere.
        var options = new WorkflowOptions { AppSettings = appSettings ?? (IsOfProject(path) ? FlowObject.Empty : null) };
        return new CompiledFlow(Workflow.Load(file, options), WorkflowFolder.Beside(path, options), ConnectorLibrary.Beside(path)) { File = file };
    });
}
