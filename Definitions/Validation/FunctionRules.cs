using FlowEngine.Expressions;

namespace FlowEngine.Definitions;

/// <summary>Functions that are called: whether they exist, and with how many arguments. The service saves such calls and fails when they are reached.</summary>
internal static class FunctionRules
{
    /// <summary>Says that there is no such function.</summary>
    public static void Unknown(ValidationContext context, TemplateUse use, CallSyntax call) => context.Faults.Warning(
        DiagnosticCodes.UnknownFunction,
        $"The template function '{call.Name}' is not defined or not valid.",
        use.At(call.NameSpan),
        "InvalidTemplate",
        use.Node?.Action.Name,
        ValidationContext.DidYouMean(call.Name, Known(context)));

    /// <summary>Checks a call of a function that there is.</summary>
    public static void Check(ValidationContext context, TemplateUse use, CallSyntax call, FunctionSpec function)
    {
        var action = use.Node?.Action.Name;
        var functions = context.Options.Functions;
        if (use.Kinds.HasFlag(CallKinds.Loops) && ExtensionUses.IsOfValue(call, functions)) TellExtension(context, use.At(call.NameSpan), action, "'items' of a value gives the members of an object", "the name of a loop");
        if (use.Kinds.HasFlag(CallKinds.Ticks) && ExtensionUses.IsOnTicks(call)) TellExtension(context, use.At(call.NameSpan), action, $"'{function.Name}' of ticks is calculated in ticks", "text");
        if (function.Origin == FunctionOrigin.Extension)
        {
            CheckExtension(context, use, call, function);
            return;
        }

        if (FunctionFaults.WrongCount(function, call.Name, call.Arguments.Count) is not null)
        {
            context.CallsExtensions |= ExtensionUses.Is(call, functions);
            CheckCount(context, call, function, use.At(call.NameSpan), action);
        }

        if (function.Name == "action" && use.Role is not (TemplateRole.TrackedProperties or TemplateRole.Description) && use.Member != "inputs/unsubscribe")
        {
            context.Faults.Warning(
                DiagnosticCodes.MisplacedFunction,
                $"The template function '{call.Name}' is not expected at this location.",
                use.At(call.NameSpan),
                "InvalidTemplate",
                action,
                "It has a meaning in 'trackedProperties' only.");
        }

        if (function.Name == "item" && !HasItem(use, call))
        {
            context.Faults.Warning(
                DiagnosticCodes.ItemOutsideLoop,
                "item() has nothing to read here: it stands neither in a Foreach nor in Select, Query or Table.",
                use.At(call.Span),
                null,
                action);
        }
    }

    private static void CheckExtension(ValidationContext context, TemplateUse use, CallSyntax call, FunctionSpec extension)
    {
        // An extension may stand in for a function that the service has: only what the service would refuse is worth a word.
        if (context.Options.Functions.TryGet(call, ExpressionDialect.Strict, out var standard)
            && standard.Origin != FunctionOrigin.Extension
            && FunctionFaults.WrongCount(standard, call.Name, call.Arguments.Count) is null) return;
        context.CallsExtensions = true;
        var (at, action) = (use.At(call.NameSpan), use.Node?.Action.Name);
        if (context.Options.Strict)
        {
            context.Faults.Error(
                DiagnosticCodes.ExtensionFunction,
                $"The template function '{call.Name}' is not defined or not valid.",
                at,
                "InvalidTemplate",
                action,
                $"'{extension.Name}' exists as an extension of this engine; the service does not have it.");
            return;
        }

        CheckCount(context, call, extension, at, action);
        if (extension.Name == "select") CheckNames(context, call, at, action);
        context.Faults.Information(
            DiagnosticCodes.ExtensionFunction,
            $"'{extension.Name}' with {call.Arguments.Count} argument(s) is an extension of this engine; the service does not have it.",
            at,
            null,
            action);
    }

    private static void TellExtension(ValidationContext context, FaultPlace at, string? action, string what, string standard)
    {
        context.CallsExtensions = true;
        context.Faults.InformationUnlessStrict(
            DiagnosticCodes.ExtensionFunction,
            $"{what}, which is an extension of this engine; the service takes {standard}.",
            at,
            null,
            action);
    }

    private static void CheckNames(ValidationContext context, CallSyntax call, FaultPlace at, string? action)
    {
        if (call.Arguments.Count < 3) return;
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 1; i < call.Arguments.Count; i++)
        {
            var name = call.LastMemberName(i) ?? $"item{i}";
            if (names.Add(name)) continue;
            context.Faults.Error(
                DiagnosticCodes.DialectSelect,
                $"The template language function '{call.Name}' has two expressions for the member '{name}'; each must end in a property of its own.",
                at,
                null,
                action);
        }
    }

    private static void CheckCount(ValidationContext context, CallSyntax call, FunctionSpec function, FaultPlace at, string? action)
    {
        if (FunctionFaults.WrongCount(function, call.Name, call.Arguments.Count) is not { } fault) return;
        context.Faults.Warning(DiagnosticCodes.WrongArgumentCount, fault.Message, at, "InvalidTemplate", action, Signature(function));
    }

    private static string? Signature(FunctionSpec function) =>
        function.Parameters.Count == 0 ? null : $"It is called {function.Name}({string.Join(", ", function.Parameters.Select(parameter => parameter.Split(':')[0]))}).";

    private static IEnumerable<string> Known(ValidationContext context) =>
        context.Options.Functions.Where(function => !context.Options.Strict || function.Origin != FunctionOrigin.Extension).Select(function => function.Name);

    private static bool HasItem(TemplateUse use, CallSyntax call)
    {
        if (use.Node is not { } node) return use.Role == TemplateRole.Trigger;
        if (node.Action.Type is "Select" or "Query" or "Table") return true;
        for (var around = node.Parent; around is not null; around = around.Parent)
        {
            if (around.Action.Type == ContainerTypes.Foreach) return true;
        }

        return HasBody(use, call);
    }

    // Extensions with a body of their own bind item() for it.
    private static bool HasBody(TemplateUse use, CallSyntax call) =>
        use.Text.Calls().Any(outer => outer.Name.ToLowerInvariant() is "map" or "select" or "lambda" && outer.Span.Start <= call.Span.Start && outer.Span.End >= call.Span.End);
}
