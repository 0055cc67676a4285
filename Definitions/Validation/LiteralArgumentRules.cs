using FlowEngine.Expressions;

namespace FlowEngine.Definitions;

/// <summary>Literals of a type that their parameter never takes, in calls whose other arguments are known only when they run.</summary>
/// <remarks>Calls of constants alone are evaluated instead: <see cref="ConstantRules"/>. The service saves such calls and fails when they are reached.</remarks>
internal static class LiteralArgumentRules
{
    /// <summary>Checks the calls of a template that have literal arguments.</summary>
    public static void Check(ValidationContext context, TemplateUse use)
    {
        foreach (var call in use.Text.Calls()) Check(context, use, call);
    }

    /// <summary>How many arguments of a call are literals.</summary>
    public static int Literals(CallSyntax call)
    {
        var literals = 0;
        for (var i = 0; i < call.Arguments.Count; i++)
        {
            if (call.Arguments[i] is LiteralSyntax) literals++;
        }

        return literals;
    }

    private static void Check(ValidationContext context, TemplateUse use, CallSyntax call)
    {
        var literals = Literals(call);
        if (literals == 0 || !context.Options.Functions.TryGet(call, context.Dialect, out var function)) return;
        if (literals == call.Arguments.Count && function.IsDeterministic) return;
        if (FunctionFaults.WrongCount(function, call.Name, call.Arguments.Count) is not null) return;
        for (var i = 0; i < call.Arguments.Count; i++)
        {
            if (call.Arguments[i] is not LiteralSyntax { Value: var value } literal) continue;
            if (DeclaredParameter.Of(function, i, call.Arguments.Count) is not { } parameter || !parameter.Refuses(value)) continue;
            context.Faults.Warning(
                DiagnosticCodes.LiteralArgumentType,
                $"The template language function '{call.Name}' can only fail here: its parameter '{parameter.Name}' takes {parameter.Type}, the literal is of type '{ValueText.TypeName(value)}'.",
                use.At(literal.Span),
                "InvalidTemplate",
                use.Node?.Action.Name);
        }
    }
}
