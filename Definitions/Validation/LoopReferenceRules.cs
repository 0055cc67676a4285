using FlowEngine.Expressions;

namespace FlowEngine.Definitions;

/// <summary><c>items('Loop')</c> and <c>iterationIndexes('Loop')</c>: the loop must exist and enclose the action.</summary>
internal static class LoopReferenceRules
{
    public static void Check(ValidationContext context)
    {
        foreach (var use in context.Templates)
        {
            if (!use.Kinds.HasFlag(CallKinds.Loops) || use.Role == TemplateRole.Description) continue;
            foreach (var call in use.Text.Calls())
            {
                if (CallKind.Of(call.Name) != CallKinds.Loops || call.LiteralText(0) is not { } name) continue;
                Check(context, use, name, call.Arguments[0].Span, call.Name.Equals("items", StringComparison.OrdinalIgnoreCase));
            }
        }
    }

    private static void Check(ValidationContext context, TemplateUse use, string name, TextSpan span, bool isItems)
    {
        var reader = use.Node?.Action.Name;
        var loop = context.Index.Find(name);
        if (loop is null)
        {
            context.Faults.Error(
                DiagnosticCodes.UnknownLoop,
                $"The repetition action(s) '{name}' referenced by '{use.Member}' in action '{reader}' are not defined in the template.",
                use.At(span),
                "InvalidTemplate",
                reader,
                ValidationContext.DidYouMean(name, Loops(context, use).Select(node => node.Action.Name)));
            return;
        }

        if (Loops(context, use).Contains(loop) && Fits(loop, isItems))
        {
            ReferenceRules.CheckSpelling(context, use.Node, name, loop.Action.Name, use.At(span));
            return;
        }

        var message = isItems
            ? $"Action '{loop.Action.Name}' must be a parent 'foreach' scope of action '{reader}' to be referenced by 'repeatItems' or 'items' functions."
            : $"Action '{loop.Action.Name}' must be a parent loop of action '{reader}' to be referenced by the 'iterationIndexes' function.";
        context.Faults.Error(
            DiagnosticCodes.NotInLoop,
            $"The {use.Member} of template action '{reader}' at {DiagnosticBag.LineAndColumn} is invalid. {message}",
            use.At(span),
            "InvalidTemplate",
            reader,
            Loops(context, use).FirstOrDefault(node => Fits(node, isItems)) is { } enclosing ? $"The loop around it is '{enclosing.Action.Name}'." : null);
    }

    // An Until counts its iterations for its own condition as well.
    private static IEnumerable<ActionNode> Loops(ValidationContext context, TemplateUse use)
    {
        if (use.Node is not { } node) return context.Index.All.Where(IsLoop);
        var own = use.Role == TemplateRole.Condition && node.Action.Type == ContainerTypes.Until ? new[] { node } : [];
        return own.Concat(node.Containers().Where(IsLoop));
    }

    private static bool IsLoop(ActionNode node) => node.Action.Type is ContainerTypes.Foreach or ContainerTypes.Until;

    private static bool Fits(ActionNode loop, bool isItems) => !isItems || loop.Action.Type == ContainerTypes.Foreach;
}
