using FlowEngine.Actions;
using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine;

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

    /// <summary>How many repetitions of a Foreach run side by side where the flow doesn't say, 1 to 50; null: what the product does.</summary>
    public int? ForeachConcurrency { get; init; }

    /// <summary>Whether a Request trigger checks its body against its schema; null: what the product does (Power Automate always, Logic Apps where the trigger says so).</summary>
    public bool? ChecksRequestSchema { get; init; }

    /// <summary>Whether a Switch compares the texts of its value and its cases, so that <c>"1"</c> is the case 1. In the service a case of another type fails every branch.</summary>
    public bool SwitchComparesText { get; init; }

    /// <summary>How long and how deep an expression may be; what evaluation may cost is the engine's (<see cref="WorkflowEngineBuilder.UseExpressionLimits"/>).</summary>
    public ExpressionLimits ExpressionLimits { get; init; } = ExpressionLimits.Default;

    /// <summary>How large the file may be; <see cref="DefinitionLimits.Untrusted"/> is for files of strangers.</summary>
    public DefinitionLimits Limits { get; init; } = DefinitionLimits.Default;

    /// <summary>Values for placeholders that a deployment was to fill, by name: see <see cref="DefinitionOptions.Placeholders"/>.</summary>
    public IReadOnlyDictionary<string, string> Placeholders { get; init; } = new Dictionary<string, string>();

    /// <summary>Values for the parameters of an ARM template that holds the workflow: see <see cref="DefinitionOptions.TemplateParameters"/>.</summary>
    public IReadOnlyDictionary<string, FlowValue> TemplateParameters { get; init; } = new Dictionary<string, FlowValue>();

    /// <summary>Application settings for <c>appsetting()</c>; null leaves the function refused, as in Power Automate.</summary>
    public FlowObject? AppSettings { get; init; }

    /// <summary>The host's own action types, in place of built-in ones of the same name.</summary>
    public IReadOnlyList<ActionSpec> Actions { get; init; } = [];

    /// <summary>The host's own trigger types.</summary>
    public IReadOnlyList<TriggerSpec> Triggers { get; init; } = [];

    /// <summary>The functions that expressions may call.</summary>
    public FunctionTable Functions { get; init; } = BuiltInFunctions.Table;

    /// <summary>Wraps every executor: how tests make each action suspend, so that both lanes of the scheduler stay equal.</summary>
    internal Func<IActionExecutor, IActionExecutor>? Decorate { get; init; }

    internal DefinitionOptions ToDefinitionOptions() => new()
    {
        Catalog = Actions.Count == 0 ? BuiltInActions.Catalog : new ActionCatalog(BuiltInActions.Catalog.Types.Concat(Actions.Select(action => action.Info))) { Authentications = BuiltInActions.Catalog.Authentications },
        OwnTriggerTypes = [.. Triggers.Select(trigger => trigger.Type)],
        Strict = Strict,
        Flow = Flow,
        Placeholders = Placeholders,
        TemplateParameters = TemplateParameters,
        AppSettings = AppSettings,
        Functions = Functions,
        Host = Host,
        ExpressionLimits = ExpressionLimits,
        MaximumFileBytes = Limits.MaximumFileBytes,
        Archives = Limits.Archives,
        RefusesBeyondService = Limits.RefusesBeyondService,
    };

    internal PlanSettings ToPlanSettings(string name) =>
        new(name, Functions, Strict, Host, Actions.ToDictionary(action => action.Info.Type, StringComparer.OrdinalIgnoreCase), AppSettings, Decorate)
        {
            ForeachConcurrency = ForeachConcurrency,
            ChecksRequestSchema = ChecksRequestSchema,
            SwitchComparesText = SwitchComparesText,
            Triggers = Triggers.ToDictionary(trigger => trigger.Type, StringComparer.OrdinalIgnoreCase),
        };
}
