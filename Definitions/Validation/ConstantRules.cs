using FlowEngine.Expressions;

namespace FlowEngine.Definitions;

/// <summary>Pieces made of constants alone that can only fail: a literal of the wrong type, a property that a literal can't have.</summary>
/// <remarks>The service saves them and fails when they are reached (measured: <c>div(1,0)</c>, <c>int('abc')</c>).</remarks>
internal static class ConstantRules
{
    // Constants that take long are left to the run and its limits.
    private static readonly ExpressionLimits Limits = new() { MaxTextLength = 8_192, MaxRangeCount = 256 };

    public static void Check(ValidationContext context)
    {
        foreach (var use in context.Templates)
        {
            foreach (var expression in use.Text.Expressions) Check(context, use, expression);
        }
    }

    private static void Check(ValidationContext context, TemplateUse use, SyntaxNode node)
    {
        if (node is LiteralSyntax) return;
        if (!IsConstant(context, node))
        {
            CheckChildren(context, use, node);
            return;
        }

        var piece = string.Concat("@", use.Text.Text.AsSpan(node.Span.Start, node.Span.Length));
        var options = new EvaluationOptions { Dialect = context.Dialect, Functions = context.Options.Functions, Time = context.Options.Time, Limits = Limits };
        if (ExpressionEvaluator.Evaluate(FlowValue.String(piece), default, options).Error is not { } error) return;
        var span = error.Template?.Text == piece ? new TextSpan(node.Span.Start + error.Span.Start - 1, error.Span.Length) : node.Span;
        context.Faults.Warning(DiagnosticCodes.ConstantFailure, error.Message, use.At(span), error.Code, use.Node?.Action.Name, error.Detail);
    }

    // Not by Children: its enumerators would cost a kilobyte an action.
    private static void CheckChildren(ValidationContext context, TemplateUse use, SyntaxNode node)
    {
        switch (node)
        {
            case MemberSyntax member:
                Check(context, use, member.Target);
                Check(context, use, member.Index);
                break;
            case CallSyntax call:
                for (var i = 0; i < call.Arguments.Count; i++) Check(context, use, call.Arguments[i]);
                break;
        }
    }

    private static bool IsConstant(ValidationContext context, SyntaxNode node) => node switch
    {
        LiteralSyntax => true,
        MemberSyntax member => IsConstant(context, member.Target) && IsConstant(context, member.Index),
        CallSyntax call => context.Options.Functions.TryGet(call.Name, context.Dialect, out var function)
            && function.IsDeterministic
            && (function.Origin != FunctionOrigin.Extension || !context.Options.Strict)
            && FunctionFaults.WrongCount(function, call.Name, call.Arguments.Count) is null
            && HasConstantArguments(context, call),
        _ => false,
    };

    private static bool HasConstantArguments(ValidationContext context, CallSyntax call)
    {
        for (var i = 0; i < call.Arguments.Count; i++)
        {
            if (!IsConstant(context, call.Arguments[i])) return false;
        }

        return true;
    }
}
