using FlowEngine.Definitions;

namespace FlowEngine;

/// <summary>The flows of a folder or an archive by name, for a host that offers them. Each is compiled once, when it is first asked for; they find each other as child flows.</summary>
/// <remarks>
/// In a folder <c>NAME.json</c>, <c>NAME/flow.json</c> and <c>NAME/workflow.json</c> are flows where there is a definition in them; JSON of another kind is passed over. Solutions, packages
/// and Standard projects name their flows themselves. A flow with errors stands in the way of no other.
/// </remarks>
public sealed class WorkflowCatalog : IWorkflowCatalog
{
    private static readonly string[] NamedByFolder = ["flow.json", "workflow.json"];

    private WorkflowCatalog(string source, Func<WorkflowCatalog, IReadOnlyList<CatalogFlow>> flows, IReadOnlyList<Diagnostic> faults)
    {
        Source = source;
        Flows = flows(this);
        Diagnostics = [.. faults, .. Flows.SelectMany(flow => flow.Document.Diagnostics)];
    }

    /// <summary>The folder or archive as given.</summary>
    public string Source { get; }

    /// <summary>All flows, those with errors too, by name.</summary>
    public IReadOnlyList<CatalogFlow> Flows { get; }

    /// <summary>Everything found in all of them.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }

    /// <summary>The flow of that name, ignoring case, compiled.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message names those that there are.</exception>
    /// <exception cref="DefinitionException">It has errors.</exception>
    public Workflow this[string name] => Find(name)
        ?? throw new KeyNotFoundException($"'{Source}' has no flow '{name}'. It has: {(Flows.Count == 0 ? "none" : string.Join(", ", Flows.Select(flow => flow.Name)))}.");

    /// <summary>Reads a folder or an archive.</summary>
    /// <exception cref="FileNotFoundException">There is neither.</exception>
    public static WorkflowCatalog Open(string path, WorkflowOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        options ??= WorkflowOptions.Default;
        var package = Workflow.OpenPackage(path, options);
        // Loose files beside folders are no Standard project, however much the folders look like one.
        var isProject = package.Fault is null && package.Kind != PackageKind.Files && (package.Kind != PackageKind.StandardProject || File.Exists(Path.Combine(path, "host.json")));
        if (Directory.Exists(path) && !isProject) return new WorkflowCatalog(path, catalog => InFolder(path, options, catalog), []);
        if (package.Fault is { } fault) return new WorkflowCatalog(path, _ => [], [fault]);
        return new WorkflowCatalog(
            path,
            catalog => [.. package.Flows.Select(flow => new CatalogFlow(flow.Name, flow.Id, Workflow.ReadDocument(package, flow, options), options, catalog)).OrderBy(flow => flow.Name, StringComparer.OrdinalIgnoreCase)],
            []);
    }

    /// <summary>The flow of that name or id, ignoring case, compiled; null where there is none.</summary>
    /// <exception cref="DefinitionException">It has errors.</exception>
    public Workflow? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        foreach (var flow in Flows)
        {
            if (flow.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) return flow.Workflow;
        }

        foreach (var flow in Flows)
        {
            if (flow.HasId(name)) return flow.Workflow;
        }

        return null;
    }

    private static IReadOnlyList<CatalogFlow> InFolder(string folder, WorkflowOptions options, WorkflowCatalog catalog)
    {
        var flows = new List<CatalogFlow>();
        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal)) Add(Path.GetFileNameWithoutExtension(file), file);
        foreach (var child in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal))
        {
            if (NamedByFolder.Select(name => Path.Combine(child, name)).FirstOrDefault(File.Exists) is { } file) Add(Path.GetFileName(child), file);
        }

        return [.. flows.OrderBy(flow => flow.Name, StringComparer.OrdinalIgnoreCase)];

        void Add(string name, string file)
        {
            var document = Workflow.ReadDocument(file, options);
            if (document.Diagnostics.Any(diagnostic => diagnostic.Code == DiagnosticCodes.UnknownKind)) return;
            foreach (var one in document.FlowNames.Count == 0 ? [name] : document.FlowNames)
            {
                var read = document.FlowNames.Count == 0 ? document : Workflow.ReadDocument(file, options with { Flow = one });
                // NAME.json stands before NAME/flow.json; a second one of the name gets a number, as in packages.
                var free = one;
                for (var number = 2; flows.Exists(flow => flow.Name.Equals(free, StringComparison.OrdinalIgnoreCase)); number++) free = $"{one} ({number})";
                flows.Add(new CatalogFlow(free, null, read, options, catalog));
            }
        }
    }
}

/// <summary>A flow of a <see cref="WorkflowCatalog"/>.</summary>
public sealed class CatalogFlow
{
    private readonly Lazy<Workflow> _workflow;
    private readonly string? _id;

    internal CatalogFlow(string name, string? id, WorkflowDocument document, WorkflowOptions options, WorkflowCatalog catalog)
    {
        Name = name;
        _id = id;
        Document = document;
        _workflow = new Lazy<Workflow>(() => Workflow.Compile(document, options, name, catalog));
    }

    /// <summary>Its name: what the package calls it, or that of its file or folder.</summary>
    public string Name { get; }

    /// <summary>The definition with its diagnostics.</summary>
    public WorkflowDocument Document { get; }

    /// <summary>Whether something keeps it from running.</summary>
    public bool HasErrors => Document.HasErrors || Document.Definition is null;

    /// <summary>The flow, compiled when it is first asked for.</summary>
    /// <exception cref="DefinitionException">It has errors.</exception>
    public Workflow Workflow => _workflow.Value;

    // A reference name may also be an id in the file (solution exports).
    internal bool HasId(string id)
    {
        var root = Document.Root;
        return id.Equals(_id, StringComparison.OrdinalIgnoreCase)
            || new[] { root["id"], root["name"], root["properties"]["workflowEntityId"], root["definition"]["metadata"]["workflowEntityId"] }
                .Any(value => id.Equals(value.AsStringOrNull, StringComparison.OrdinalIgnoreCase));
    }
}
