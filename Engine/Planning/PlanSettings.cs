using System.Diagnostics.CodeAnalysis;
using FlowEngine.Actions;
using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine;

/// <summary>What a definition is compiled with.</summary>
/// <param name="Name">The workflow's name.</param>
/// <param name="Functions">The functions there are.</param>
/// <param name="Strict">Whether our extensions are refused.</param>
/// <param name="Host">The product whose defaults hold; null takes the document's.</param>
/// <param name="CustomActions">The host's own actions by type, ignoring case.</param>
/// <param name="AppSettings">Application settings for <c>appsetting()</c>; null where there are none.</param>
/// <param name="Decorate">Wraps every executor; null leaves them as they are.</param>
internal sealed record PlanSettings(
    string Name,
    FunctionTable Functions,
    bool Strict,
    HostProfile? Host,
    IReadOnlyDictionary<string, ActionSpec> CustomActions,
    FlowObject? AppSettings,
    Func<IActionExecutor, IActionExecutor>? Decorate)
{
    /// <summary>How many repetitions of a Foreach run side by side where the flow doesn't say; null: the product's number.</summary>
    public int? ForeachConcurrency { get; init; }

    /// <summary>Whether a Request trigger checks its body; null: as the product does.</summary>
    public bool? ChecksRequestSchema { get; init; }

    /// <summary>Whether a Switch compares texts.</summary>
    public bool SwitchComparesText { get; init; }

    /// <summary>Told which arguments of lazy functions are evaluated; null where nobody asks.</summary>
    public IBranchProbe? Probe { get; init; }

    /// <summary>The host's own triggers by type, ignoring case.</summary>
    public IReadOnlyDictionary<string, TriggerSpec> Triggers { get; init; } = new Dictionary<string, TriggerSpec>();

    public bool TryGetAction(string type, [NotNullWhen(true)] out ActionSpec? spec) =>
        (CustomActions.Count > 0 && CustomActions.TryGetValue(type, out spec)) || BuiltInActions.TryGet(type, out spec);
}
