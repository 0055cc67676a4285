using FlowEngine.Expressions;

namespace FlowEngine.Definitions;

/// <summary>Who may read whom (runtime reference, 1.3): checked only where the name is a string literal.</summary>
internal static class ReferenceRules
{
    public static void Check(ValidationContext context)
    {
        foreach (var use in context.Templates)
        {
            if (!use.Kinds.HasFlag(CallKinds.Results) || use.Role == TemplateRole.Description) continue;
            foreach (var call in use.Text.Calls())
            {
                if (CallKind.Of(call.Name) == CallKinds.Results && call.LiteralText(0) is { } name) Check(context, use, name, call.Arguments[0].Span);
            }
        }
    }

    /// <summary>Warns of a name that was found although it is written otherwise than the action's key.</summary>
    public static void CheckSpelling(ValidationContext context, ActionNode? node, string written, string key, FaultPlace at)
    {
        if (written == key) return;
        var byCase = written.Equals(key, StringComparison.OrdinalIgnoreCase);
        context.Faults.Warning(
            byCase ? DiagnosticCodes.NameDiffersByCase : DiagnosticCodes.NameDiffersByBlanks,
            byCase ? $"'{written}' is written '{key}' where it is defined." : $"'{written}' is taken for '{key}': blanks and underscores differ.",
            at,
            null,
            node?.Action.Name,
            $"Write '{key}'.");
    }

    private static void Check(ValidationContext context, TemplateUse use, string name, TextSpan span)
    {
        if (IsTrigger(context, name)) return;
        var reader = use.Node;
        if (context.Index.Find(name) is not { } target)
        {
            context.Faults.Error(
                DiagnosticCodes.UnknownAction,
                $"The action(s) '{name}' referenced by '{use.Member}' in {Reader(use)} are not defined in the template.",
                use.At(span),
                "InvalidTemplate",
                reader?.Action.Name,
                ValidationContext.DidYouMean(name, context.Index.Names));
            return;
        }

        if (name != target.Action.Name) CheckSpelling(context, reader, name, target.Action.Name, use.At(span));
        if (reader is null) return;
        if (ReferenceEquals(target, reader))
        {
            if (use.Role == TemplateRole.TrackedProperties) return;
            context.Faults.Error(
                DiagnosticCodes.ReferenceToSelf,
                $"The {use.Member} of template action '{reader.Action.Name}' at {DiagnosticBag.LineAndColumn} cannot reference itself.",
                use.At(span),
                "InvalidTemplate",
                reader.Action.Name);
            return;
        }

        if (FlowIndex.CanRead(reader, target) || (use.Role == TemplateRole.Condition && IsOwnBodyOfUntil(reader, target))) return;
        context.Faults.Error(
            DiagnosticCodes.ReferenceOffPath,
            $"The {use.Member} of template action '{reader.Action.Name}' at {DiagnosticBag.LineAndColumn} cannot reference action '{target.Action.Name}'. Action '{target.Action.Name}' must either be in 'runAfter' path or within a scope action on the 'runAfter' path of action '{reader.Action.Name}', or be a Trigger.",
            use.At(span),
            "InvalidTemplate",
            reader.Action.Name,
            Remedy(reader, target));
    }

    private static bool IsTrigger(ValidationContext context, string name)
    {
        for (var i = 0; i < context.Definition.Triggers.Count; i++)
        {
            if (context.Definition.Triggers[i].Name.Equals(name, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }

    private static bool IsOwnBodyOfUntil(ActionNode reader, ActionNode target) => reader.Action.Type == ContainerTypes.Until && target.Containers().Contains(reader);

    private static string Reader(TemplateUse use) =>
        use.Node is { } node ? $"action '{node.Action.Name}'" : use.Role == TemplateRole.Output ? "the outputs" : "the trigger";

    // A sibling that doesn't itself wait for the reader can simply be waited for.
    private static string? Remedy(ActionNode reader, ActionNode target)
    {
        for (var node = reader; node is not null; node = node.Parent)
        {
            for (var candidate = target; candidate is not null; candidate = candidate.Parent)
            {
                if (!ReferenceEquals(candidate.Branch, node.Branch)) continue;
                return ReferenceEquals(candidate, node) || FlowIndex.RunsAfter(candidate, node) ? null : $"Add '{candidate.Action.Name}' to the 'runAfter' of '{node.Action.Name}'.";
            }
        }

        return null;
    }
}
