using FlowEngine.Expressions;

namespace FlowEngine.Definitions;

/// <summary>A definition file: its text, the definition in it, and everything that is wrong with it.</summary>
public sealed class WorkflowDocument
{
    private readonly Lazy<SourceMap> _sources;
    private readonly HashSet<string> _computed = new(StringComparer.Ordinal);
    private Func<string, string>? _rebase;
    private bool _hasUniqueNames;

    private WorkflowDocument(string file, string text, DefinitionOptions options)
    {
        Templates = new TemplateTextCache(options.Strict ? ExpressionDialect.Strict : ExpressionDialect.Extended, options.ExpressionLimits, text.Length);
        File = file;
        Text = text;
        _sources = new Lazy<SourceMap>(() => new SourceMap(file, text) { Computed = _computed, Rebase = _rebase, HasUniqueNames = _hasUniqueNames });
    }

    /// <summary>The file as given; an entry of an archive follows <c>!/</c>.</summary>
    public string File { get; }

    /// <summary>The file's text, without a byte order mark.</summary>
    public string Text { get; }

    /// <summary>The whole file as a value; null where it can't be read.</summary>
    public FlowValue Root { get; private set; }

    /// <summary>The names of the workflows in the file, where there are several.</summary>
    public IReadOnlyList<string> FlowNames { get; private set; } = [];

    /// <summary>The parameters of the ARM template that holds the workflow, which a deployment sets (<see cref="DefinitionOptions.TemplateParameters"/>); none elsewhere.</summary>
    public IReadOnlyList<string> TemplateParameters { get; private set; } = [];

    /// <summary>The workflow's name, where the file tells it.</summary>
    public string? FlowName { get; private set; }

    /// <summary>The definition; null where the file holds none that could be read.</summary>
    public WorkflowDefinition? Definition { get; private set; }

    /// <summary>The product whose defaults hold: the one asked for, else the one that the file speaks of.</summary>
    public HostProfile Host { get; private set; }

    /// <summary>Everything found, in file order.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; private set; } = [];

    /// <summary>Whether something keeps the flow from running.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>The definition's texts, parsed; shared with the plan compiler.</summary>
    internal TemplateTextCache Templates { get; }

    /// <summary>Values of parameters that the file itself carries, such as <c>$connections</c>; names ignore case.</summary>
    public IReadOnlyDictionary<string, FlowValue> ParameterValues { get; private set; } = new Dictionary<string, FlowValue>();

    /// <summary>The <c>connectionReferences</c> beside the definition; null where there are none.</summary>
    public FlowValue ConnectionReferences { get; private set; }

    /// <summary>Whether it has forms of the tutorial's dialect, or calls functions that the service has not: then lenient rules hold in its runs (<c>docs/dialect.md</c>).</summary>
    public bool IsDialect { get; private set; }

    /// <summary>What was read in place of the tutorial's forms; null where no definition was found, or one that the file holds as text.</summary>
    internal DialectRewriting? Rewriting { get; private set; }

    /// <summary>Where the parts of the file stand.</summary>
    internal SourceMap Sources => _sources.Value;

    /// <summary>The archive or folder in which the flow was found; null where it is a file of its own.</summary>
    public FlowPackage? Package { get; private set; }

    /// <summary>Reads a file, or a flow of an archive or a folder.</summary>
    /// <exception cref="FileNotFoundException">There is no such file. Every other fault is a diagnostic.</exception>
    public static WorkflowDocument Load(string file, DefinitionOptions options)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(options);
        if (FlowPackage.IsPackage(file)) return Load(FlowPackage.Open(file, options), options);
        var text = FileText.Load(file, options.MaximumFileBytes);
        if (text.Fault is { } fault) return Unusable(file, fault, options);
        var document = Read(text.Text, file, options);
        return document;
    }

    /// <summary>Reads the flow of a package that the options name, or its only one.</summary>
    public static WorkflowDocument Load(FlowPackage package, DefinitionOptions options)
    {
        ArgumentNullException.ThrowIfNull(package);
        ArgumentNullException.ThrowIfNull(options);
        if (package.Fault is { } fault) return new WorkflowDocument(fault.Location.File, string.Empty, options) { Package = package, Diagnostics = [fault], HasErrors = true };
        var names = string.Join(", ", package.Flows.Select(flow => flow.Name));
        var chosen = options.Flow is { } wanted ? package.Find(wanted) : package.Flows.Count == 1 ? package.Flows[0] : null;
        if (chosen is not null) return Read(package, chosen, options);
        var message = options.Flow is null ? $"It holds several workflows; choose one: {names}." : $"It holds no workflow '{options.Flow}'. It has: {names}.";
        var unusable = Unusable(package.Source, (DiagnosticCodes.FlowChoice, message), options);
        unusable.Package = package;
        unusable.FlowNames = [.. package.Flows.Select(flow => flow.Name)];
        return unusable;
    }

    /// <summary>Reads a flow of a package.</summary>
    public static WorkflowDocument Read(FlowPackage package, PackageFlow flow, DefinitionOptions options)
    {
        ArgumentNullException.ThrowIfNull(package);
        ArgumentNullException.ThrowIfNull(flow);
        ArgumentNullException.ThrowIfNull(options);
        var document = flow.Fault is { } fault ? Unusable(flow.File.Location, fault, options) : Read(flow.Text, flow.File.Location, options with { Flow = flow.Selector, ProjectParameters = flow.Parameters });
        document.Package = package;
        document.FlowName = flow.Name;
        if (document.Definition is { } definition) document.Give(PackageValues.For(definition, flow));
        return document;
    }

    /// <summary>Reads text.</summary>
    /// <param name="text">JSON text.</param>
    /// <param name="file">What to call it in diagnostics.</param>
    /// <param name="options">What it is read against.</param>
    public static WorkflowDocument Read(string text, string file, DefinitionOptions options)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(options);
        text = PlaceholderValues.Fill(text, options.Placeholders);
        if (options.ProjectParameters is null) options = options with { ProjectParameters = ProjectParameters.Beside(file, options.MaximumFileBytes, options.AppSettings) };
        var document = new WorkflowDocument(file, text, options);
        var faults = new DiagnosticBag(options.Strict);
        var held = document.Interpret(options, faults);
        if (held is { } inner)
        {
            // Its lines and columns are those of the text in the string.
            var read = Read(inner.Text, $"{file}#{inner.Pointer}", options with { Flow = null });
            read.FlowName ??= inner.Name;
            read.FlowNames = document.FlowNames;
            read.Rewriting = null;
            return read;
        }

        document.Take(faults);
        return document;
    }

    /// <summary>The place in the file of a JSON Pointer: a scalar's value, a container's name.</summary>
    public SourceLocation Locate(string pointer) => _sources.Value.Locate(pointer);

    /// <summary>The place of a piece of the string to which a JSON Pointer leads, such as a call within an expression.</summary>
    public SourceLocation Locate(string pointer, TextSpan spanInString) => _sources.Value.Locate(pointer, spanInString);

    /// <summary>The text of the value to which a JSON Pointer leads, as the file has it; null where there is none.</summary>
    internal string? TextOf(string pointer) => _sources.Value.TextOf(pointer);

    /// <summary>The place of the name to which a JSON Pointer leads.</summary>
    public SourceLocation LocateName(string pointer) => _sources.Value.LocateName(pointer);

    /// <summary>The line of a place with carets under it; null where the file has no text.</summary>
    /// <param name="location">A place in this file, also of an error at run time.</param>
    /// <param name="note">What stands behind the carets.</param>
    /// <param name="width">How many columns may be printed.</param>
    internal SourceExcerpt? Excerpt(SourceLocation location, string? note = null, int width = DiagnosticText.DefaultWidth)
    {
        ArgumentNullException.ThrowIfNull(location);
        return Text.Length == 0 ? null : SourceExcerpt.OfLine(_sources.Value.Lines.Line(location.Line), location, note, width);
    }

    // What stands beside wins over what the file says.
    private void Give(IEnumerable<KeyValuePair<string, FlowValue>> given)
    {
        var values = new Dictionary<string, FlowValue>(ParameterValues, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in given) values[name] = value;
        ParameterValues = values;
    }

    private static WorkflowDocument Unusable(string file, (string Code, string Message) fault, DefinitionOptions options)
    {
        var document = new WorkflowDocument(file, string.Empty, options);
        var faults = new DiagnosticBag(options.Strict);
        faults.Error(fault.Code, fault.Message, string.Empty);
        document.Take(faults);
        return document;
    }

    // What is given back is read in place of this document: a definition that it holds as text.
    private HeldText? Interpret(DefinitionOptions options, DiagnosticBag faults)
    {
        Host = options.Host ?? HostProfile.Consumption;
        if (JsonDocumentReader.Read(Text, faults, () => _sources.Value) is not { } json) return null;
        Root = json.Value;
        _hasUniqueNames = !json.HasRepeatedNames;
        var all = DefinitionShapes.Find(json.Value);
        if (all.Count == 0)
        {
            var held = HeldText.Find(json.Value);
            if (held.Count > 0) return Choose(held, text => text.Name, options.Flow, faults);
            faults.Error(DiagnosticCodes.UnknownKind, UnknownKind(json.Value), string.Empty);
            return null;
        }

        if (Choose(all, one => one.Name, options.Flow, faults) is not { } found) return null;
        FlowName = found.Name;
        var written = found;
        if (found.Template is { } template)
        {
            TemplateParameters = [.. template.DeployedParameters];
            template.Deploy(options.TemplateParameters);
            found = Resolve(found, template, faults);
        }

        found = DialectStage.Rewrite(found, options, Templates, faults);
        Rewriting = new DialectRewriting(written, found.Draft, found.ConnectionReferences);
        _computed.UnionWith(found.Computed);
        _rebase = found.Rebase;
        Host = options.Host ?? found.Host;
        ParameterValues = found.ParameterValues;
        ConnectionReferences = found.ConnectionReferences;
        Definition = ProjectParameters.Declare(new DefinitionReader(options.Catalog, faults).Read(found), options.ProjectParameters ?? [], Text);
        if (options.ProjectParameters is { Count: > 0 } project) Give(ProjectParameters.ValuesOf(project));
        if (json.HasRepeatedNames) RepeatedNameRules.Check(_sources.Value, Definition, faults);
        PlaceholderRules.Check(json.Value, Text, faults);
        IsDialect = Validator.Check(Definition, Host, Templates, found.IsDialect, options, faults) || found.IsDialect;
        return null;
    }

    private T? Choose<T>(IReadOnlyList<T> all, Func<T, string?> nameOf, string? wanted, DiagnosticBag faults)
        where T : class
    {
        // Where there are several, each has a name.
        if (all.Count > 1) FlowNames = [.. all.Select(one => nameOf(one)!)];
        if (wanted is null && all.Count == 1) return all[0];
        if (wanted is not null && all.FirstOrDefault(one => string.Equals(nameOf(one), wanted, StringComparison.OrdinalIgnoreCase)) is { } chosen) return chosen;
        var names = string.Join(", ", all.Select(nameOf).OfType<string>());
        faults.Error(
            DiagnosticCodes.FlowChoice,
            wanted is null ? $"The file holds several workflows; choose one: {names}." : $"The file holds no workflow '{wanted}'. It has: {(names.Length == 0 ? "one without a name" : names)}.",
            string.Empty);
        return null;
    }

    private FoundDefinition Resolve(FoundDefinition found, ArmScope template, DiagnosticBag faults)
    {
        var resolver = new ArmResolver(template, Templates, faults);
        var beside = found.Pointer[..found.Pointer.LastIndexOf('/')] + "/parameters";
        var resolved = found with
        {
            Definition = resolver.Resolve(found.Definition, found.Pointer),
            ParameterValues = found.ParameterValues.ToDictionary(
                entry => entry.Key, entry => resolver.Resolve(entry.Value, JsonPointer.Append(beside, entry.Key) + "/value"), StringComparer.OrdinalIgnoreCase),
        };
        _computed.UnionWith(resolver.Computed);
        return resolved;
    }

    private static string UnknownKind(FlowValue root) => ArmTemplateShape.IsTemplate(root)
        ? "The file is an ARM template without a workflow: none of its resources is of the type 'Microsoft.Logic/workflows' and holds a 'definition'. Linked templates are files of their own."
        : root["nodeData"].IsObject || root["nodeOperationInfo"].IsObject
        ? "The file is the state that a designer keeps of one copied action; its definition can't be had from that. Copy it from the code view instead."
        : root.IsObject
        ? "The file is JSON, but no workflow definition that is known: it has neither 'triggers' and 'actions', nor a 'definition', nor 'properties.definition'. Of a piece of a flow, write the actions by name: {\"actions\": {\"NAME\": …}}."
        : "The file is JSON, but no workflow definition: an object was expected.";

    private void Take(DiagnosticBag faults)
    {
        Diagnostics = faults.ToDiagnostics(() => _sources.Value);
        HasErrors = faults.HasErrors;
    }
}
