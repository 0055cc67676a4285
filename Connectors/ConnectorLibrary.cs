using FlowEngine.Actions;
using FlowEngine.Definitions;

namespace FlowEngine.Connectors;

/// <summary>Connectors by name. Documents are read once; any number of engines and runs may share it.</summary>
public sealed class ConnectorLibrary : IConnectorSource
{
    private readonly Dictionary<string, IConnector> _connectors;

    /// <summary>A library of these connectors.</summary>
    /// <param name="connectors">The connectors; of several with one name the last counts.</param>
    public ConnectorLibrary(params IReadOnlyList<IConnector> connectors)
    {
        ArgumentNullException.ThrowIfNull(connectors);
        _connectors = new Dictionary<string, IConnector>(StringComparer.OrdinalIgnoreCase);
        foreach (var connector in connectors) _connectors[connector.Name] = connector;
    }

    /// <summary>No connectors.</summary>
    public static ConnectorLibrary Empty { get; } = new();

    /// <inheritdoc/>
    public IReadOnlyList<string> Names => [.. _connectors.Keys.Order(StringComparer.OrdinalIgnoreCase)];

    /// <summary>The connectors of a flow's file: <c>connectors/NAME.openapi.json|yaml</c> in its folder and, for <c>NAME/workflow.json</c>, in the one around; the nearer counts.</summary>
    /// <exception cref="ConnectorFormatException">A document has errors; those of all documents are listed.</exception>
    public static ConnectorLibrary Beside(string file)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (FileOnDisk.Find(file) is not { } flow) return Empty;
        var own = Path.GetDirectoryName(Path.GetFullPath(flow)) ?? ".";
        var isNamed = Path.GetFileName(flow).Equals("workflow.json", StringComparison.OrdinalIgnoreCase);
        string[] folders = isNamed && Path.GetDirectoryName(own) is { } around ? [around, own] : [own];
        for (var i = 0; i < folders.Length; i++) folders[i] = Path.Combine(folders[i], "connectors");
        return Array.Exists(folders, Directory.Exists) ? Load(folders) : Empty;
    }

    /// <summary>The connectors of folders that hold <c>NAME.openapi.json|yaml</c>; later folders win. A folder that isn't there has none.</summary>
    /// <exception cref="ConnectorFormatException">A document has errors; those of all documents are listed.</exception>
    public static ConnectorLibrary Load(params IReadOnlyList<string> folders)
    {
        ArgumentNullException.ThrowIfNull(folders);
        var connectors = new List<IConnector>();
        var faults = new List<Diagnostic>();
        foreach (var folder in folders)
        {
            foreach (var (name, document) in ConnectorFolder.Read(folder, faults))
            {
                var read = ConnectorDocument.Load(document);
                var beside = Path.Combine(folder, name + ".policies.xml");
                var policies = File.Exists(beside) ? PolicyDocument.Load(beside) : null;
                faults.AddRange(read.Diagnostics.Concat(policies?.Diagnostics ?? []).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
                if (!read.HasErrors && policies?.HasErrors != true) connectors.Add(new OpenApiConnector(name, read, policies));
            }
        }

        return faults.Count > 0 ? throw new ConnectorFormatException(faults) : new ConnectorLibrary(connectors);
    }

    /// <summary>Whether a file's name is that of a connector's document.</summary>
    internal static bool IsDocument(string file) => ConnectorFolder.IsDocument(file);

    /// <inheritdoc/>
    public IConnector? Find(ConnectorHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return Find(host, FlowObject.Empty);
    }

    internal IConnector? Find(ConnectorHost host, FlowObject settings)
    {
        foreach (var name in ConnectorNames.Of(host, settings))
        {
            if (_connectors.TryGetValue(name, out var connector)) return connector;
        }

        return null;
    }
}
