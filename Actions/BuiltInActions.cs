using System.Diagnostics.CodeAnalysis;
using FlowEngine.Definitions;

namespace FlowEngine.Actions;

/// <summary>Every built-in action type: the table to look an action up in, and to add one to.</summary>
public static class BuiltInActions
{
    private static readonly Dictionary<string, ActionSpec> ByType = new(StringComparer.OrdinalIgnoreCase);

    static BuiltInActions()
    {
        foreach (var spec in Table) ByType.Add(spec.Info.Type, spec);
    }

    /// <summary>All types, in the order of the documentation.</summary>
    public static IReadOnlyList<ActionSpec> Table { get; } =
    [
        ScopeAction.Spec,
        IfAction.Spec,
        SwitchAction.Spec,
        ForeachAction.Spec,
        UntilAction.Spec,
        TerminateAction.Spec,
        ComposeAction.Spec,
        InitializeVariableAction.Spec,
        SetVariableAction.Spec,
        StepVariableAction.Increment,
        StepVariableAction.Decrement,
        AppendToArrayVariableAction.Spec,
        AppendToStringVariableAction.Spec,
        SelectAction.Spec,
        QueryAction.Spec,
        JoinAction.Spec,
        TableAction.Spec,
        ParseJsonAction.Spec,
        HttpAction.Spec,
        HttpWebhookAction.Spec,
        DisguisedHttpAction.Function,
        DisguisedHttpAction.ApiManagement,
        ConnectorAction.OpenApi,
        ConnectorAction.Api,
        ConnectorAction.ServiceProvider,
        ConnectorAction.OpenApiWebhook,
        ConnectorAction.ApiWebhook,
        WaitAction.Spec,
        ExpressionAction.Spec,
        ResponseAction.Spec,
        WorkflowAction.Spec,
        SendToBatchAction.Spec,
        CodeAction.JavaScript,
        TransformAction.Xslt,
        TransformAction.Validation,
        TransformAction.Parse,
        TransformAction.Compose,
        TransformAction.Liquid,
    ];

    /// <summary>What the validator knows of them, and of types that the service has but this engine does not run.</summary>
    public static ActionCatalog Catalog { get; } = new([.. ServiceActionTypes.Types, .. Table.Select(spec => spec.Info)])
    {
        Authentications = [.. HttpAuthentication.Kinds.Select(kind => new AuthenticationInfo(kind.Type, kind.Required, kind.IsExtension))],
    };

    /// <summary>Looks a type up, ignoring case.</summary>
    public static bool TryGet(string type, [NotNullWhen(true)] out ActionSpec? spec) => ByType.TryGetValue(type, out spec);
}
