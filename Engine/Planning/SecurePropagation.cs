using FlowEngine.Expressions;

namespace FlowEngine;

/// <summary>Hides what uses secured data directly, and no further (documented; runtime reference, 6.1).</summary>
/// <remarks>
/// An action that reads an action or trigger with secured inputs or outputs hides its own inputs; Compose, ParseJson and Response then hide their
/// outputs too, and so do Select, Query, Join and Table (assumed).
/// </remarks>
internal static class SecurePropagation
{
    // Nested actions are looked at by themselves.
    private static readonly HashSet<string> Nested = new(StringComparer.OrdinalIgnoreCase) { "actions", "else", "cases", "default", "runAfter" };

    public static void Apply(WorkflowPlan plan, TemplateTextCache texts)
    {
        var sources = plan.Actions.Where(action => action.Secured != SecuredParts.None).Select(action => action.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var triggerIsSecured = plan.Triggers.Any(trigger => trigger.Secured != SecuredParts.None);
        if (sources.Count == 0 && !triggerIsSecured) return;
        foreach (var action in plan.Actions)
        {
            if (!Uses(action.Definition.Raw, atAction: true)) continue;
            action.Secured |= SecuredParts.Inputs;
            if (action.Definition.Type is "Compose" or "ParseJson" or "Response" or "Select" or "Query" or "Join" or "Table") action.Secured |= SecuredParts.Outputs;
        }

        bool Uses(FlowValue value, bool atAction = false) => value.Kind switch
        {
            FlowValueKind.String => value.AsString.Contains('@', StringComparison.Ordinal) && texts.Get(value.AsString).Calls().Any(ReadsSecret),
            FlowValueKind.Array => value.AsArray.Any(item => Uses(item)),
            FlowValueKind.Object => value.AsObject.Any(member => !(atAction && Nested.Contains(member.Key)) && Uses(member.Value)),
            _ => false,
        };

        bool ReadsSecret(CallSyntax call) => call.Name.ToUpperInvariant() switch
        {
            "OUTPUTS" or "BODY" or "ACTIONS" or "ACTIONOUTPUTS" or "ACTIONBODY" or "FORMDATAVALUE" or "FORMDATAMULTIVALUES" or "MULTIPARTBODY" or "RESULT" =>
                call.LiteralText(0) is { } name && sources.Contains(name),
            "TRIGGER" or "TRIGGEROUTPUTS" or "TRIGGERBODY" or "TRIGGERFORMDATAVALUE" or "TRIGGERFORMDATAMULTIVALUES" or "TRIGGERMULTIPARTBODY" => triggerIsSecured,
            _ => false,
        };
    }
}
