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
        var options = new EvaluationOptions { Dialect = context.Dialect, Functions = context.Options.Functions, Time = context.Options.Time, Limits = Limits };
        var errors = new Dictionary<string, EvaluationError?>(StringComparer.Ordinal);
        foreach (var use in context.Templates)
        {
            if (use.Text.Expression is { } whole) Root(new Look(context, use, options, errors), whole);
            for (var i = 0; i < use.Text.Parts.Count; i++)
            {
                if (use.Text.Parts[i].Expression is { } part) Root(new Look(context, use, options, errors), part);
            }
        }
    }

    /// <summary>One template, and what its pieces are evaluated with.</summary>
    /// <param name="Context">What the rules see.</param>
    /// <param name="Use">The template looked at.</param>
    /// <param name="Options">How pieces are evaluated.</param>
    /// <param name="Errors">The pieces evaluated so far: flows repeat them, such as <c>json('[]')</c>.</param>
    private readonly record struct Look(ValidationContext Context, TemplateUse Use, EvaluationOptions Options, Dictionary<string, EvaluationError?> Errors);

    private static void Root(in Look look, SyntaxNode node)
    {
        if (Visit(look, node)) Check(look, node);
    }

    // Whether a node is constant; the largest constant pieces below one that is not are checked on the way.
    private static bool Visit(in Look look, SyntaxNode node)
    {
        switch (node)
        {
            case LiteralSyntax:
                return true;
            case MemberSyntax member:
                var (target, index) = (Visit(look, member.Target), Visit(look, member.Index));
                if (target && index) return true;
                if (target) Check(look, member.Target);
                if (index) Check(look, member.Index);
                return false;
            case CallSyntax call:
                return VisitCall(look, call);
            default:
                return false;
        }
    }

    private static bool VisitCall(in Look look, CallSyntax call)
    {
        // One bit an argument; beyond 64 arguments a constant piece is looked at once more.
        var constants = 0UL;
        var all = true;
        for (var i = 0; i < call.Arguments.Count; i++)
        {
            var isConstant = Visit(look, call.Arguments[i]);
            if (isConstant && i < 64) constants |= 1UL << i;
            all &= isConstant;
        }

        if (all && IsDeterministic(look.Context, call)) return true;
        for (var i = 0; i < call.Arguments.Count; i++)
        {
            if (i < 64 ? (constants & (1UL << i)) != 0 : Visit(look, call.Arguments[i])) Check(look, call.Arguments[i]);
        }

        return false;
    }

    private static void Check(in Look look, SyntaxNode node)
    {
        if (node is LiteralSyntax) return;
        var (context, use) = (look.Context, look.Use);
        var piece = string.Concat("@", use.Text.Text.AsSpan(node.Span.Start, node.Span.Length));
        if (!look.Errors.TryGetValue(piece, out var found)) look.Errors[piece] = found = ExpressionEvaluator.Evaluate(FlowValue.String(piece), default, look.Options).Error;
        if (found is not { } error) return;
        var span = error.Template?.Text == piece ? new TextSpan(node.Span.Start + error.Span.Start - 1, error.Span.Length) : node.Span;
        context.Faults.Warning(DiagnosticCodes.ConstantFailure, error.Message, use.At(span), error.Code, use.Node?.Action.Name, error.Detail);
    }

    private static bool IsDeterministic(ValidationContext context, CallSyntax call) =>
        context.Options.Functions.TryGet(call, context.Dialect, out var function)
        && function.IsDeterministic
        && (function.Origin != FunctionOrigin.Extension || !context.Options.Strict)
        && FunctionFaults.WrongCount(function, call.Name, call.Arguments.Count) is null;
}
