using FlowEngine.Expressions;

namespace FlowEngine.Definitions;

/// <summary>What of a definition leans on the lenient rules of the tutorial's dialect, as far as the text shows it (V3 to V5), and the standard form of each.</summary>
/// <remarks>They matter to who has the forms rewritten: the file is a standard one then, in which such an expression fails or gives something else.</remarks>
internal static class LenientUses
{
    /// <summary>Adds a diagnostic for each.</summary>
    public static void Find(WorkflowDocument document, DiagnosticBag faults)
    {
        foreach (var use in In(document)) faults.Information(DiagnosticCodes.DialectLenient, use.Message, use.Template.At(use.Span), null, use.Template.Node?.Action.Name, use.Advice);
    }

    /// <summary>All of them, in document order; the steps of one chain each by themselves.</summary>
    public static IReadOnlyList<LenientUse> In(WorkflowDocument document)
    {
        if (document.Definition is not { } definition) return [];
        var index = new FlowIndex(definition);
        var found = new List<LenientUse>();
        foreach (var use in TemplateCollector.Collect(definition, index, document.Templates))
        {
            if (use.Role == TemplateRole.Description) continue;
            var walk = new Walk(use, index, found);
            var isQuestion = use.Role == TemplateRole.Condition && use.Node?.Action.Type is ContainerTypes.If or ContainerTypes.Until or ContainerTypes.Switch;
            foreach (var root in use.Text.Expressions) walk.Visit(root, isQuestion, isDereferenced: false);
            if (isQuestion && use is { Node.Action: { Type: ContainerTypes.Switch } action, Text: { Kind: TemplateKind.Expression, Expression: { } value } }) walk.Switch(action, value);
        }

        return found;
    }

    private sealed class Walk(TemplateUse use, FlowIndex index, List<LenientUse> found)
    {
        public void Visit(SyntaxNode node, bool asks, bool isDereferenced)
        {
            if (node is MemberSyntax member)
            {
                SyntaxNode at = member;
                for (; at is MemberSyntax step; at = step.Target)
                {
                    if (asks && !step.IsOptional) Tell(step.StepSpan, [(step.StepSpan with { Length = 0 }, "?")], "A property that is missing here is null in a file of the dialect only.", "Write '?' before the step.");
                    Visit(step.Index, asks, isDereferenced: false);
                }

                Visit(at, asks, isDereferenced: true);
            }
            else if (node is CallSyntax call)
            {
                var (isCoalesce, isUnion) = (Is(call, "coalesce"), Is(call, "union") && !isDereferenced);
                foreach (var argument in call.Arguments)
                {
                    if (isCoalesce && argument is CallSyntax body && (Is(body, "body") || Is(body, "actionBody")) && body.LiteralText(0) is { } failed && MayHaveFailed(failed))
                        Body(body, failed);
                    if (isUnion && argument is CallSyntax outputs && (Is(outputs, "outputs") || Is(outputs, "actionOutputs")) && outputs.LiteralText(0) is { } data && index.Find(data)?.Action.Type is "Select" or "Query")
                        Tell(outputs.Span, [(outputs.Span, $"body({Written(outputs)})")], $"The outputs of '{data}' stand for its array in a file of the dialect only.", $"Write body('{data}').");
                    Visit(argument, asks || isCoalesce || Is(call, "empty"), isDereferenced: false);
                }
            }
        }

        /// <summary>A Switch on null: the default runs, in a standard file it fails. A value that no case has gives the same.</summary>
        public void Switch(ActionDefinition action, SyntaxNode value)
        {
            if (value is not MemberSyntax || Unused(action) is not { } other) return;
            Tell(value.Span, [(value.Span with { Length = 0 }, "coalesce("), (new TextSpan(value.Span.End, 0), $", {other})")], "A value of null takes the default in a file of the dialect only.", $"Write coalesce(…, {other}).");
        }

        private static bool Is(CallSyntax call, string name) => call.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

        // Cases are compared with their types, so the value must be of theirs.
        private static string? Unused(ActionDefinition action)
        {
            var cases = action.Branches.Where(branch => !branch.Case.IsNull).Select(branch => branch.Case).ToList();
            if (cases.Count > 0 && cases.TrueForAll(value => value.IsInteger))
            {
                var least = Math.Min(0, cases.Min(value => value.AsInteger));
                return least == long.MinValue ? null : (least - 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
            }

            if (!cases.TrueForAll(value => value.IsString)) return null;
            var text = string.Empty;
            while (cases.Exists(value => value.AsString == text)) text += "-";
            return $"'{text}'";
        }

        private void Body(CallSyntax body, string failed)
        {
            var name = Written(body);
            Tell(
                body.Span,
                [(body.Span, $"if(equals(actions({name})?['status'], 'Succeeded'), body({name}), null)")],
                $"The body of '{failed}' is null where it failed, in a file of the dialect only.",
                $"Ask for its status: if(equals(actions('{failed}')?['status'], 'Succeeded'), body('{failed}'), null).");
        }

        // The name as it is written, with its quotes.
        private string Written(CallSyntax call) => use.Text.Text.Substring(call.Arguments[0].Span.Start, call.Arguments[0].Span.Length);

        private bool MayHaveFailed(string action)
        {
            var key = index.Find(action)?.Action.Name;
            for (var node = use.Node; node is not null; node = node.Parent)
            {
                if (node.Action.RunAfter.Any(after => after.Action == key && after.Statuses != RunAfterStatuses.Succeeded)) return true;
            }

            return false;
        }

        private void Tell(TextSpan span, (TextSpan Span, string Text)[] edits, string message, string advice) => found.Add(new LenientUse(use, span, edits, message, advice));
    }
}

/// <summary>An expression that leans on a lenient rule.</summary>
/// <param name="Template">The text that it is a piece of.</param>
/// <param name="Span">The piece.</param>
/// <param name="Edits">What makes it give the same in a standard file: texts in place of pieces of the template, none of which overlap.</param>
/// <param name="Message">What it leans on.</param>
/// <param name="Advice">What to write.</param>
internal sealed record LenientUse(TemplateUse Template, TextSpan Span, IReadOnlyList<(TextSpan Span, string Text)> Edits, string Message, string Advice);
