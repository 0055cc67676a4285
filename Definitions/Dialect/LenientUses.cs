using FlowEngine.Expressions;

namespace FlowEngine.Definitions;

/// <summary>What of a definition leans on the lenient rules of the tutorial's dialect, as far as the text shows it (V3 to V5).</summary>
/// <remarks>They are told to who has the forms rewritten: the file may be a standard one then, in which such an expression fails or gives something else.</remarks>
internal static class LenientUses
{
    /// <summary>Adds a diagnostic for each.</summary>
    public static void Find(WorkflowDocument document, DiagnosticBag faults)
    {
        if (document.Definition is not { } definition) return;
        var index = new FlowIndex(definition);
        foreach (var use in TemplateCollector.Collect(definition, index, document.Templates))
        {
            if (use.Role == TemplateRole.Description) continue;
            var walk = new Walk(use, index, faults);
            var isQuestion = use.Role == TemplateRole.Condition && use.Node?.Action.Type is ContainerTypes.If or ContainerTypes.Until or ContainerTypes.Switch;
            foreach (var root in use.Text.Expressions) walk.Visit(root, isQuestion, isDereferenced: false);
        }
    }

    private sealed class Walk(TemplateUse use, FlowIndex index, DiagnosticBag faults)
    {
        public void Visit(SyntaxNode node, bool asks, bool isDereferenced)
        {
            if (node is MemberSyntax member)
            {
                if (asks && FirstSure(member) is { } sure) Tell(sure.StepSpan, "A property that is missing here is null in a file of the dialect only.", "Write '?' before the step.");
                SyntaxNode at = member;
                for (; at is MemberSyntax step; at = step.Target) Visit(step.Index, asks, isDereferenced: false);
                Visit(at, asks, isDereferenced: true);
            }
            else if (node is CallSyntax call)
            {
                var (isCoalesce, isUnion) = (Is(call, "coalesce"), Is(call, "union") && !isDereferenced);
                foreach (var argument in call.Arguments)
                {
                    if (isCoalesce && argument is CallSyntax body && (Is(body, "body") || Is(body, "actionBody")) && body.LiteralText(0) is { } failed && MayHaveFailed(failed))
                        Tell(body.Span, $"The body of '{failed}' is null where it failed, in a file of the dialect only.", $"Ask for its status: if(equals(actions('{failed}')?['status'], 'Succeeded'), body('{failed}'), null).");
                    if (isUnion && argument is CallSyntax outputs && (Is(outputs, "outputs") || Is(outputs, "actionOutputs")) && outputs.LiteralText(0) is { } data && index.Find(data)?.Action.Type is "Select" or "Query")
                        Tell(outputs.Span, $"The outputs of '{data}' stand for its array in a file of the dialect only.", $"Write body('{data}').");
                    Visit(argument, asks || isCoalesce || Is(call, "empty"), isDereferenced: false);
                }
            }
        }

        private static bool Is(CallSyntax call, string name) => call.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

        // The innermost step of the chain without a '?': the first that may fail.
        private static MemberSyntax? FirstSure(MemberSyntax member)
        {
            var first = member.Target is MemberSyntax inner ? FirstSure(inner) : null;
            return first ?? (member.IsOptional ? null : member);
        }

        private bool MayHaveFailed(string action)
        {
            var key = index.Find(action)?.Action.Name;
            for (var node = use.Node; node is not null; node = node.Parent)
            {
                if (node.Action.RunAfter.Any(after => after.Action == key && after.Statuses != RunAfterStatuses.Succeeded)) return true;
            }

            return false;
        }

        private void Tell(TextSpan span, string message, string standard) =>
            faults.Information(DiagnosticCodes.DialectLenient, message, use.At(span), null, use.Node?.Action.Name, standard);
    }
}
