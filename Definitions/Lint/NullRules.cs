using FlowEngine.Expressions;

namespace FlowEngine.Definitions;

/// <summary>Values that may be missing where a missing one fails.</summary>
internal static class NullRules
{
    // Functions that fail where their first argument is null.
    private static readonly HashSet<string> Refusing = new(StringComparer.OrdinalIgnoreCase)
    {
        "length", "split", "formatDateTime", "int", "float", "toLower", "toUpper", "trim", "replace", "substring", "indexOf", "startsWith", "endsWith",
        "addDays", "addHours", "addMinutes", "convertFromUtc", "convertTimeZone", "join", "json", "base64ToString", "decodeBase64", "ticks", "skip", "take",
    };

    // An if() that asks one of these looks whether there is something, before it reads it.
    private static readonly HashSet<string> Asking = new(StringComparer.OrdinalIgnoreCase) { "empty", "length", "contains", "equals" };

    public static void Check(LintContext context)
    {
        foreach (var use in context.Templates)
        {
            foreach (var expression in use.Text.Expressions) Visit(context, use, expression, isGuarded: false);
        }
    }

    private static void Visit(LintContext context, TemplateUse use, SyntaxNode node, bool isGuarded)
    {
        Find(context, use, node, isGuarded);
        if (node is CallSyntax { Arguments: [var condition, var first, var second] } choice && choice.Name.Equals("if", StringComparison.OrdinalIgnoreCase))
        {
            Visit(context, use, condition, isGuarded);
            var isAsked = isGuarded || condition.DescendantsAndSelf().OfType<CallSyntax>().Any(call => Asking.Contains(call.Name));
            Visit(context, use, first, isAsked);
            Visit(context, use, second, isAsked);
            return;
        }

        foreach (var child in node.Children) Visit(context, use, child, isGuarded);
    }

    private static void Find(LintContext context, TemplateUse use, SyntaxNode node, bool isGuarded)
    {
        if (node is CallSyntax body && body.Name.Equals("body", StringComparison.OrdinalIgnoreCase) && body.LiteralText(0) is { } named && context.Index.Find(named) is { Action.Type: "Compose" } composed)
            context.Report(LintRules.BodyOfCompose, $"'{composed.Action.Name}' is a Compose, so its body is null.", use.Pointer, use.Node?.Action, body.Span, use.InName);
        else if (isGuarded)
            return;
        else if (node is CallSyntax call && Refusing.Contains(call.Name) && call.Arguments is [MemberSyntax { IsOptional: true } optional, ..])
            context.Report(LintRules.NullArgument, $"'{call.Name}' fails where this value is missing.", use.Pointer, use.Node?.Action, optional.Span, use.InName);
        else if (node is MemberSyntax { IsOptional: false, Target: CallSyntax { Arguments.Count: 1 } list } item && (list.Name.Equals("first", StringComparison.OrdinalIgnoreCase) || list.Name.Equals("last", StringComparison.OrdinalIgnoreCase)))
            context.Report(LintRules.EmptyList, $"This step fails where the list that '{list.Name}' gets is empty.", use.Pointer, use.Node?.Action, item.StepSpan, use.InName);
        else if (node is MemberSyntax { IsOptional: false, Target: MemberSyntax { IsOptional: true } } step && !IsAboutTheRun(step))
            context.Report(LintRules.HalfOptional, "This step fails where the value before it is missing.", use.Pointer, use.Node?.Action, step.StepSpan, use.InName);
    }

    // What workflow() tells is always there: the designer writes the ? by habit.
    private static bool IsAboutTheRun(MemberSyntax step)
    {
        SyntaxNode root = step;
        while (root is MemberSyntax member) root = member.Target;
        return root is CallSyntax call && call.Name.Equals("workflow", StringComparison.OrdinalIgnoreCase);
    }
}
