using FlowEngine.Actions;
using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine;

/// <summary>A definition, read and compiled: run it as often as you like, from any thread.</summary>
public sealed class Workflow
{
    private Workflow(WorkflowDocument document, WorkflowPlan plan)
    {
        Document = document;
        Plan = plan;
    }

    /// <summary>The workflow's name: that of its folder where the file is <c>workflow.json</c> or <c>flow.json</c>, else of its file.</summary>
    public string Name => Plan.Name;

    /// <summary>The file, its text and its diagnostics.</summary>
    public WorkflowDocument Document { get; }

    /// <summary>The product whose defaults hold.</summary>
    public HostProfile Host => Plan.Host;

    internal WorkflowPlan Plan { get; }

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

    /// <summary>Reads a file and finds everything that is wrong with it, without compiling it.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static WorkflowDocument ReadDocument(string file, WorkflowOptions? options = null) =>
        WorkflowDocument.Load(file, (options ?? WorkflowOptions.Default).ToDefinitionOptions());

    /// <summary>Opens an archive or a folder with flows.</summary>
    /// <exception cref="FileNotFoundException">There is neither.</exception>
    public static FlowPackage OpenPackage(string path, WorkflowOptions? options = null) =>
        FlowPackage.Open(path, (options ?? WorkflowOptions.Default).ToDefinitionOptions());

    /// <summary>Reads a flow of a package and finds everything that is wrong with it, without compiling it.</summary>
    public static WorkflowDocument ReadDocument(FlowPackage package, PackageFlow flow, WorkflowOptions? options = null) =>
        WorkflowDocument.Read(package, flow, (options ?? WorkflowOptions.Default).ToDefinitionOptions());

    /// <summary>Compiles a document that has been read.</summary>
    /// <exception cref="DefinitionException">It has errors; all of them are listed.</exception>
    public static Workflow Compile(WorkflowDocument document, WorkflowOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        options ??= WorkflowOptions.Default;
        if (document.HasErrors || document.Definition is null) throw new DefinitionException(document);
        return new Workflow(document, PlanCompiler.Compile(document, options.ToPlanSettings(document.Package is null ? NameOf(document.File) : document.FlowName ?? NameOf(document.File))));
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

/// <summary>What a definition is read and compiled with.</summary>
public sealed record WorkflowOptions
{
    /// <summary>Extensions allowed, host found from the file.</summary>
    public static WorkflowOptions Default { get; } = new();

    /// <summary>Which workflow is meant where a file holds several.</summary>
    public string? Flow { get; init; }

    /// <summary>Refuses what the service does not have: extension functions, unknown action types, the cloud's size limits.</summary>
    public bool Strict { get; init; }

    /// <summary>The product whose defaults hold; null finds it from the file.</summary>
    public HostProfile? Host { get; init; }

    /// <summary>How long and how deep an expression may be; what evaluation may cost is the engine's (<see cref="WorkflowEngineBuilder.UseExpressionLimits"/>).</summary>
    public ExpressionLimits ExpressionLimits { get; init; } = ExpressionLimits.Default;

    /// <summary>Application settings for <c>appsetting()</c>; null leaves the function refused, as in Power Automate.</summary>
    public FlowObject? AppSettings { get; init; }

    /// <summary>The host's own action types, in place of built-in ones of the same name.</summary>
    public IReadOnlyList<ActionSpec> Actions { get; init; } = [];

    /// <summary>The functions that expressions may call.</summary>
    public FunctionTable Functions { get; init; } = BuiltInFunctions.Table;

    /// <summary>Wraps every executor: how tests make each action suspend, so that both lanes of the scheduler stay equal.</summary>
    internal Func<IActionExecutor, IActionExecutor>? Decorate { get; init; }

    internal DefinitionOptions ToDefinitionOptions() => new()
    {
        Catalog = Actions.Count == 0 ? BuiltInActions.Catalog : new ActionCatalog(BuiltInActions.Catalog.Types.Concat(Actions.Select(action => action.Info))) { Authentications = BuiltInActions.Catalog.Authentications },
        Strict = Strict,
        Flow = Flow,
        Functions = Functions,
        Host = Host,
        ExpressionLimits = ExpressionLimits,
    };

    internal PlanSettings ToPlanSettings(string name) =>
        new(name, Functions, Strict, Host, Actions.ToDictionary(action => action.Info.Type, StringComparer.OrdinalIgnoreCase), AppSettings, Decorate);
}
