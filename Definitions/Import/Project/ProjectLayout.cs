using System.Text;

namespace FlowEngine.Definitions;

/// <summary>
/// What flows look like as a project of files: <c>flow.json</c>, or <c>NAME/workflow.json</c> for the flows of a package, with <c>parameters.json</c> and <c>connections.json</c>.
/// What has no place in a project is kept below <c>.source</c>.
/// </summary>
public sealed class ProjectLayout
{
    private const string Source = ".source/";
    private const string Ignored = "# Secrets and settings of this machine.\n*.local.json\nlocal.settings.json\n";

    private readonly List<ProjectFile> _files = [];
    private readonly HashSet<string> _paths = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _notes = [];
    private readonly List<WorkflowDocument> _flows = [];
    private readonly List<WorkflowDocument> _unreadable = [];

    private ProjectLayout()
    {
    }

    /// <summary>The files, by no particular order; paths differ, also ignoring case.</summary>
    public IReadOnlyList<ProjectFile> Files => _files;

    /// <summary>The flows in it.</summary>
    public IReadOnlyList<WorkflowDocument> Flows => _flows;

    /// <summary>Flows that can't be read; their files are kept as they are, below <c>.source</c>.</summary>
    public IReadOnlyList<WorkflowDocument> Unreadable => _unreadable;

    /// <summary>What the user should know, a sentence each.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>The project for a file, an archive or a folder.</summary>
    /// <param name="path">What <see cref="WorkflowDocument.Load(string, DefinitionOptions)"/> takes; of several flows those that <see cref="DefinitionOptions.Flow"/> names, or all.</param>
    /// <param name="options">What the flows are read against.</param>
    /// <exception cref="FileNotFoundException">There is no such file or folder.</exception>
    /// <exception cref="InvalidDataException">The archive can't be read, or has no such flow; the message says why.</exception>
    public static ProjectLayout Of(string path, DefinitionOptions options)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(options);
        var layout = new ProjectLayout();
        if (FlowPackage.IsPackage(path)) layout.AddPackage(FlowPackage.Open(path, options), options);
        else layout.AddFile(path, options);
        return layout;
    }

    private void AddFile(string file, DefinitionOptions options)
    {
        var document = WorkflowDocument.Load(file, options);
        var documents = document.Definition is null && document.FlowNames.Count > 0 && options.Flow is null
            ? document.FlowNames.Select(name => WorkflowDocument.Load(file, options with { Flow = name })).ToList()
            : [document];
        var readable = documents.Where(one => one.Definition is not null).ToList();
        _unreadable.AddRange(documents.Except(readable));
        if (readable.Count == 0) return;
        var names = new ProjectNames();
        var isWhole = true;
        foreach (var one in readable)
        {
            var written = WrittenFlow.Of(one, id: null);
            isWhole &= written.IsWhole;
            Add(one, readable.Count == 1 ? "flow.json" : names.Folder(one.FlowName ?? "workflow") + "/workflow.json", written.IsWhole && one.Text == document.Text ? Original(file, one.Text) : Encoding.UTF8.GetBytes(written.Text));
        }

        if (!isWhole) Keep(Path.GetFileName(file), File.ReadAllBytes(file));
        AddConnections([]);
        Finish();
    }

    private void AddPackage(FlowPackage package, DefinitionOptions options)
    {
        if (package.Fault is { } fault) throw new InvalidDataException(fault.ToString());
        var chosen = options.Flow is { } wanted ? [package.Find(wanted) ?? throw new InvalidDataException($"{package.Source}: It holds no workflow '{wanted}'. It has: {string.Join(", ", package.Flows.Select(flow => flow.Name))}.")] : package.Flows;
        if (package.Kind == PackageKind.StandardProject && options.Flow is null) AddStandardProject(package, options);
        else AddFlows(package, chosen, options);
        Finish();
    }

    // Such a project is what is written: every file keeps its place.
    private void AddStandardProject(FlowPackage package, DefinitionOptions options)
    {
        foreach (var flow in package.Flows)
        {
            var document = WorkflowDocument.Read(package, flow, options);
            if (document.Definition is null) _unreadable.Add(document);
            else _flows.Add(document);
        }

        var prefix = Common([.. package.Flows.Select(flow => flow.File.Folder)]);
        foreach (var file in package.Files) Write(ProjectNames.Path(file.Name.StartsWith(prefix, StringComparison.Ordinal) ? file.Name[prefix.Length..] : file.Name), FlowPackage.ReadBytes(file));
        if (_paths.Contains("local.settings.json")) _notes.Add("local.settings.json holds settings of one machine, maybe secrets: don't commit it.");
    }

    // The folder around all the workflows' own folders.
    private static string Common(IReadOnlyList<string> folders)
    {
        var around = folders.Select(folder => folder[..(folder.TrimEnd('/').LastIndexOf('/') + 1)]).Distinct(StringComparer.Ordinal).ToList();
        return around.Count == 1 ? around[0] : string.Empty;
    }

    private void AddFlows(FlowPackage package, IReadOnlyList<PackageFlow> flows, DefinitionOptions options)
    {
        var names = new ProjectNames();
        var whole = new HashSet<PackageFile>();
        var values = new SortedDictionary<string, FlowValue>(StringComparer.OrdinalIgnoreCase);
        foreach (var flow in flows)
        {
            var document = WorkflowDocument.Read(package, flow, options);
            if (document.Definition is not { } definition)
            {
                _unreadable.Add(document);
                continue;
            }

            var written = WrittenFlow.Of(document, flow.Id);
            if (written.IsWhole) whole.Add(flow.File);
            Add(document, names.Folder(flow.Name) + "/workflow.json", written.Text == document.Text && written.Text == flow.Text ? FlowPackage.ReadBytes(flow.File) : Encoding.UTF8.GetBytes(written.Text));
            AddValues(definition, flow, values);
        }

        foreach (var file in package.Files.Where(file => !whole.Contains(file))) Keep(ProjectNames.Path(file.Name), FlowPackage.ReadBytes(file));
        if (values.Count > 0) Write("parameters.json", Json(FlowValue.Object([.. values.Select(entry => (entry.Key, entry.Value))])));
        AddConnections(package.Connections);
        foreach (var part in package.Skipped) _notes.Add($"Passed over {part.File}: {part.Reason}");
    }

    private void AddValues(WorkflowDefinition definition, PackageFlow flow, SortedDictionary<string, FlowValue> values)
    {
        foreach (var (name, value) in PackageValues.For(definition, flow))
        {
            var parameter = definition.Parameters.First(one => one.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            var entry = FlowValue.Object(("type", FlowValue.String(parameter.Type)), ("value", value));
            if (parameter.IsSecure) _notes.Add($"The value of the secure parameter '{name}' is not written: give it with --param, or in environments/NAME.local.json.");
            else if (!values.TryAdd(name, entry) && !values[name].Equals(entry)) _notes.Add($"'{flow.Name}' has another value for the parameter '{name}' than a flow before it; parameters.json holds the first.");
        }
    }

    private void AddConnections(IReadOnlyList<PackageConnection> listed)
    {
        if (ProjectConnections.Of(_flows, listed) is not { } connections) return;
        Write("connections.json", Json(connections));
        _notes.Add("connections.json names the connections; give them addresses and credentials there or in connections.local.json, or run with --mocks.");
    }

    private void Add(WorkflowDocument document, string path, ReadOnlyMemory<byte> content)
    {
        _flows.Add(document);
        Write(path, content);
    }

    private void Keep(string path, byte[] content) => Write(Source + path, content);

    // Names that differ in the package may be the same once they are clean.
    private void Write(string path, ReadOnlyMemory<byte> content)
    {
        var free = path;
        for (var number = 2; !_paths.Add(free); number++) free = $"{path} ({number})";
        _files.Add(new ProjectFile(free, content));
    }

    private void Finish()
    {
        if (!_paths.Contains(".gitignore")) Write(".gitignore", Encoding.UTF8.GetBytes(Ignored));
    }

    // The file's own bytes, with its mark; text held in a string of it has none.
    private static ReadOnlyMemory<byte> Original(string file, string text)
    {
        var bytes = File.ReadAllBytes(file);
        return FileText.Decode(bytes).Text == text ? bytes : Encoding.UTF8.GetBytes(text);
    }

    private static byte[] Json(FlowValue value) => Encoding.UTF8.GetBytes(FlowJson.WriteIndented(value) + "\n");
}
