using FlowEngine.Expressions;

namespace FlowEngine.Definitions;

/// <summary>Variables that are read and written.</summary>
internal static class VariableUseRules
{
    public static void Check(ValidationContext context)
    {
        var declared = new Dictionary<string, VariableRules.Declaration>(StringComparer.OrdinalIgnoreCase);
        foreach (var declaration in VariableRules.Declarations(context)) declared.TryAdd(declaration.Name, declaration);

        foreach (var node in context.Index.All)
        {
            if (node.Action.Type is "SetVariable" or "IncrementVariable" or "DecrementVariable" or "AppendToArrayVariable" or "AppendToStringVariable") CheckWrite(context, declared, node);
        }

        foreach (var use in context.Templates)
        {
            if (!use.Kinds.HasFlag(CallKinds.Variables) || use.Role == TemplateRole.Description) continue;
            foreach (var call in use.Text.Calls())
            {
                if (CallKind.Of(call.Name) == CallKinds.Variables && call.LiteralText(0) is { } name) CheckRead(context, declared, use, call, name);
            }
        }
    }

    private static void CheckWrite(ValidationContext context, Dictionary<string, VariableRules.Declaration> declared, ActionNode node)
    {
        if (node.Action.Inputs["name"].AsStringOrNull is not { } name || name.StartsWith('@')) return;
        CheckUse(context, declared, node, name, null, DiagnosticSeverity.Error);
    }

    private static void CheckRead(ValidationContext context, Dictionary<string, VariableRules.Declaration> declared, TemplateUse use, CallSyntax call, string name)
    {
        if (IsSelfReference(use, name)) SelfReference(context, use, use.At(call.Arguments[0].Span));

        // What the service makes of variables in outputs at save is not known; reading them fails.
        CheckUse(context, declared, use.Node, name, (use, call.Arguments[0].Span), use.Node is null ? DiagnosticSeverity.Warning : DiagnosticSeverity.Error);
    }

    // What is read is read by a piece of a template; what is written is named in the inputs.
    private static void CheckUse(
        ValidationContext context, Dictionary<string, VariableRules.Declaration> declared, ActionNode? node, string name, (TemplateUse Template, TextSpan Span)? read, DiagnosticSeverity severity)
    {
        if (!declared.TryGetValue(name, out var declaration))
        {
            var suggestion = ValidationContext.DidYouMean(name, declared.Keys);
            if (node is null || severity == DiagnosticSeverity.Warning)
            {
                context.Faults.Warning(DiagnosticCodes.UndeclaredVariable, $"The variable '{name}' is never initialized.", Place(node, read), "InvalidVariableOperation", null, suggestion);
                return;
            }

            context.Faults.Error(
                DiagnosticCodes.UndeclaredVariable,
                $"The inputs of workflow run action '{node.Action.Name}' of type '{node.Action.Type}' are not valid. The variable '{name}' must be initialized before it can be used inside action '{node.Action.Name}'.",
                Place(node, read),
                "InvalidVariableOperation",
                node.Action.Name,
                suggestion);
            return;
        }

        if (name != declaration.Name && name.Equals(declaration.Name, StringComparison.OrdinalIgnoreCase)) ReferenceRules.CheckSpelling(context, node, name, declaration.Name, Place(node, read));
        if (node is null || FlowIndex.CanRead(node, declaration.Node) || declaration.Node.Parent is not null) return;
        context.Faults.Warning(
            DiagnosticCodes.VariableMayBeUninitialised,
            ReferenceEquals(node, declaration.Node)
                ? $"The variable '{name}' is initialized by action '{node.Action.Name}' itself: all values of an action are evaluated before any of its variables exists."
                : $"The variable '{name}' may not be initialized yet: action '{declaration.Node.Action.Name}', which initializes it, is not on the 'runAfter' path of action '{node.Action.Name}'.",
            Place(node, read),
            null,
            node.Action.Name);
    }

    private static FaultPlace Place(ActionNode? node, (TemplateUse Template, TextSpan Span)? read) =>
        read is { } piece ? piece.Template.At(piece.Span) : JsonPointer.Append(node!.Action.Path, "inputs", "name"); // what writes is an action

    private static bool IsSelfReference(TemplateUse use, string name) =>
        use.Node is { Action.Type: "SetVariable" } node && use.Member.Equals("inputs", StringComparison.OrdinalIgnoreCase)
        && name.Equals(node.Action.Inputs["name"].AsStringOrNull, StringComparison.OrdinalIgnoreCase);

    private static void SelfReference(ValidationContext context, TemplateUse use, FaultPlace at)
    {
        var action = use.Node!.Action; // IsSelfReference has seen it
        context.Faults.Error(
            DiagnosticCodes.VariableSelfReference,
            $"The inputs of workflow run action '{action.Name}' of type 'SetVariable' are not valid. Self reference is not supported when updating the value of variable '{action.Inputs["name"].AsStringOrNull}'.",
            at,
            "WorkflowRunActionInputsInvalidProperty",
            action.Name,
            "Compute the value in a Compose action first, or append or increment.");
    }
}
