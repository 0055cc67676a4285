using System.Collections.Concurrent;
using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine;

/// <summary>A definition, read and compiled: run it as often as you like, from any thread.</summary>
public sealed class Workflow
{
    private readonly WorkflowOptions _options;
    private readonly Lazy<WorkflowIdentity> _identity;
    private ConcurrentDictionary<(bool Strict, HostProfile Host), Workflow>? _variants;

    private Workflow(WorkflowDocument document, WorkflowPlan plan, WorkflowOptions options, IWorkflowCatalog? catalog)
    {
        Document = document;
        Plan = plan;
        _options = options;
        Catalog = catalog;
        _identity = new Lazy<WorkflowIdentity>(() => WorkflowIdentity.Of(document, plan.Name));
    }

    /// <summary>The workflow's name: that of its folder where the file is <c>workflow.json</c> or <c>flow.json</c>, else of its file.</summary>
    public string Name => Plan.Name;

    /// <summary>The file, its text and its diagnostics.</summary>
    public WorkflowDocument Document { get; }

    /// <summary>The product whose defaults hold.</summary>
    public HostProfile Host => Plan.Host;

    internal WorkflowPlan Plan { get; }

    /// <summary>The flows beside it, which it finds as child flows; null where it stands alone.</summary>
    internal IWorkflowCatalog? Catalog { get; }

    /// <summary>What it is the same by, however often it is compiled.</summary>
    internal WorkflowIdentity Identity => _identity.Value;

    /// <summary>Writes the compiled plan, a line an action: for people who want to see in which order and by what their flow runs. The form may change.</summary>
    public void WritePlan(TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        PlanOutline.Write(Plan, output);
    }

    /// <summary>Reads and compiles a file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DefinitionException">It has errors; all of them are listed.</exception>
    public static Workflow Load(string file, WorkflowOptions? options = null) => Compile(ReadDocument(file, options), options);

    /// <summary>Compiles JSON text.</summary>
    /// <exception cref="DefinitionException">It has errors; all of them are listed.</exception>
    public static Workflow Parse(string json, WorkflowOptions? options = null, string file = "workflow.json")
    {
        options ??= WorkflowOptions.Default;
        return Compile(WorkflowDocument.Read(json, file, options.ToDefinitionOptions()), options);
    }

    /// <summary>Compiles a definition that the host has as a token. Lines and columns in diagnostics are those of its indented text.</summary>
    /// <exception cref="DefinitionException">It has errors; all of them are listed.</exception>
    public static Workflow Parse(Newtonsoft.Json.Linq.JToken definition, WorkflowOptions? options = null, string file = "workflow.json")
    {
        ArgumentNullException.ThrowIfNull(definition);
        return Parse(FlowJson.WriteIndented(FlowValue.FromJToken(definition)), options, file);
    }

    /// <summary>Reads and compiles a stream of JSON in UTF-8, or with a byte order mark; the caller closes it.</summary>
    /// <param name="stream">The stream, read to its end.</param>
    /// <param name="options">What it is compiled with.</param>
    /// <param name="file">What to call it in diagnostics.</param>
    /// <exception cref="DefinitionException">It has errors; all of them are listed.</exception>
    public static Workflow Load(Stream stream, WorkflowOptions? options = null, string file = "workflow.json")
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var reader = new StreamReader(stream, leaveOpen: true);
        return Parse(reader.ReadToEnd(), options, file);
    }

    /// <inheritdoc cref="Load(Stream, WorkflowOptions?, string)"/>
    public static async Task<Workflow> LoadAsync(Stream stream, WorkflowOptions? options = null, string file = "workflow.json", CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var reader = new StreamReader(stream, leaveOpen: true);
        return Parse(await reader.ReadToEndAsync(cancellation).ConfigureAwait(false), options, file);
    }

    /// <summary>Reads text and finds everything that is wrong with it, without compiling it.</summary>
    /// <param name="json">JSON text.</param>
    /// <param name="options">What it is read with.</param>
    /// <param name="file">What to call it in diagnostics.</param>
    public static WorkflowDocument Read(string json, WorkflowOptions? options = null, string file = "workflow.json") =>
        WorkflowDocument.Read(json, file, (options ?? WorkflowOptions.Default).ToDefinitionOptions());

    /// <summary>Reads a file and finds everything that is wrong with it, without compiling it.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static WorkflowDocument ReadDocument(string file, WorkflowOptions? options = null) =>
        WorkflowDocument.Load(file, (options ?? WorkflowOptions.Default).ToDefinitionOptions());

    /// <summary>Opens an archive or a folder with flows.</summary>
    /// <exception cref="FileNotFoundException">There is neither.</exception>
    public static FlowPackage OpenPackage(string path, WorkflowOptions? options = null) =>
        FlowPackage.Open(path, (options ?? WorkflowOptions.Default).ToDefinitionOptions());

    /// <summary>What the flows of a file, an archive or a folder look like as a project of plain files.</summary>
    /// <exception cref="FileNotFoundException">There is no such file or folder.</exception>
    /// <exception cref="InvalidDataException">The archive can't be read, or has no such flow; the message says why.</exception>
    public static ProjectLayout ReadProject(string path, WorkflowOptions? options = null) =>
        ProjectLayout.Of(path, (options ?? WorkflowOptions.Default).ToDefinitionOptions());

    /// <summary>Reads a flow of a package and finds everything that is wrong with it, without compiling it.</summary>
    public static WorkflowDocument ReadDocument(FlowPackage package, PackageFlow flow, WorkflowOptions? options = null) =>
        WorkflowDocument.Read(package, flow, (options ?? WorkflowOptions.Default).ToDefinitionOptions());

    /// <summary>Compiles a document that has been read.</summary>
    /// <exception cref="DefinitionException">It has errors; all of them are listed.</exception>
    public static Workflow Compile(WorkflowDocument document, WorkflowOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        return Compile(document, options ?? WorkflowOptions.Default, document.Package is null ? NameOf(document.File) : document.FlowName ?? NameOf(document.File), null);
    }

    internal static Workflow Compile(WorkflowDocument document, WorkflowOptions options, string name, IWorkflowCatalog? catalog)
    {
        if (document.HasErrors || document.Definition is null) throw new DefinitionException(document);
        return new Workflow(document, PlanCompiler.Compile(document, options.ToPlanSettings(name)), options, catalog);
    }

    /// <summary>The same flow, read and compiled for another product or dialect; once each.</summary>
    /// <exception cref="DefinitionException">It has errors then.</exception>
    internal Workflow As(bool? strict, HostProfile? host)
    {
        var (isStrict, profile) = (strict ?? _options.Strict, host ?? Host);
        if (isStrict == _options.Strict && profile == Host) return this;
        LazyInitializer.EnsureInitialized(ref _variants, () => new ConcurrentDictionary<(bool, HostProfile), Workflow>());
        return _variants.GetOrAdd((isStrict, profile), static (key, flow) =>
        {
            var options = flow._options with { Strict = key.Strict, Host = key.Host };
            return Compile(flow.Reread(options), options, flow.Name, flow.Catalog);
        }, this);
    }

    private WorkflowDocument Reread(WorkflowOptions options) => Document.Package is { } package && package.Find(Document.FlowName ?? Name) is { } flow
        ? ReadDocument(package, flow, options)
        : WorkflowDocument.Read(Document.Text, Document.File, options.ToDefinitionOptions());

    /// <summary>The same workflow, compiled so that the probe is told which arguments of <c>if</c>, <c>coalesce</c>, <c>and</c> and <c>or</c> are evaluated.</summary>
    internal Workflow WithProbe(IBranchProbe probe)
    {
        ArgumentNullException.ThrowIfNull(probe);
        return new Workflow(Document, PlanCompiler.Compile(Document, Plan.Settings with { Probe = probe }), _options, Catalog);
    }

    /// <summary>Another text in place of this one's file, read and compiled alike: same name, options and children.</summary>
    /// <param name="json">The whole file.</param>
    /// <exception cref="DefinitionException">It has errors; all of them are listed.</exception>
    internal Workflow WithText(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return Compile(WorkflowDocument.Read(json, Document.File, _options.ToDefinitionOptions()), _options, Name, Catalog);
    }

    /// <summary>The same workflow with other app settings.</summary>
    /// <exception cref="DefinitionException">It has errors then.</exception>
    public Workflow WithAppSettings(FlowObject appSettings)
    {
        var options = _options with { AppSettings = appSettings };
        return Compile(Reread(options), options, Name, Catalog);
    }

    private static string NameOf(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        if (!name.Equals("workflow", StringComparison.OrdinalIgnoreCase) && !name.Equals("flow", StringComparison.OrdinalIgnoreCase)) return name;
        if (!File.Exists(file)) return name; // Text without a file has no folder that could name it.
        var folder = Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(file)));
        return string.IsNullOrEmpty(folder) ? name : folder;
    }
}
