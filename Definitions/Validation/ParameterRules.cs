namespace FlowEngine.Definitions;

/// <summary>Declared parameters, and those that expressions read.</summary>
internal static class ParameterRules
{
    public static void Check(ValidationContext context)
    {
        foreach (var parameter in context.Definition.Parameters)
        {
            if (ParameterTypes.All.Contains(parameter.Type, StringComparer.Ordinal)) continue;
            var hasType = parameter.Type.Length > 0;
            context.Faults.Error(
                DiagnosticCodes.UnknownParameterType,
                hasType
                    ? $"The parameter '{parameter.Name}' has the type '{parameter.Type}', which is none of '{string.Join("', '", ParameterTypes.All)}'."
                    : $"The parameter '{parameter.Name}' has no 'type'.",
                hasType ? JsonPointer.Append(parameter.Path, "type") : FaultPlace.Name(parameter.Path),
                "InvalidTemplate",
                suggestion: hasType ? ValidationContext.DidYouMean(parameter.Type, ParameterTypes.All) : null);
        }

        var declared = context.Definition.Parameters.Select(parameter => parameter.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var use in context.Templates)
        {
            if (!use.Kinds.HasFlag(CallKinds.Parameters)) continue;
            foreach (var call in use.Text.Calls())
            {
                if (CallKind.Of(call.Name) != CallKinds.Parameters || call.LiteralText(0) is not { } name || declared.Contains(name)) continue;
                context.Faults.Warning(
                    DiagnosticCodes.UndeclaredParameter,
                    $"The parameter '{name}' is not declared; reading it fails.",
                    use.At(call.Arguments[0].Span),
                    null,
                    use.Node?.Action.Name,
                    ValidationContext.DidYouMean(name, declared));
            }
        }
    }
}
