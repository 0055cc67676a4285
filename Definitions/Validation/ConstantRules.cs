using FlowEngine.Expressions;

namespace FlowEngine.Definitions;

/// <summary>Pieces made of constants alone that can only fail: a literal of the wrong type, a property that a literal can't have.</summary>
/// <remarks>The service saves them and fails when they are reached (measured: <c>div(1,0)</c>, <c>int('abc')</c>).</remarks>
internal sealed class ConstantRules(ValidationContext context)
{
    // Constants that take long are left to the run and its limits: a failure that reads otherwise with other limits is none of the flow.
    private static readonly ExpressionLimits Limits = new() { MaxTextLength = 8_192, MaxSteps = 1_000_000, MaxBytes = 4_000_000 };
    private static readonly ExpressionLimits OtherLimits = new() { MaxTextLength = 8_193, MaxSteps = 1_000_001, MaxBytes = 4_000_001 };

    private readonly EvaluationOptions _options = new()
    {
        Dialect = context is { IsDialect: true, Options.Strict: false } ? ExpressionDialect.Tutorial : context.Dialect,
        Functions = context.Options.Functions,
        Time = context.Options.Time,
        Limits = Limits,
    };

    // The pieces evaluated so far: flows repeat them, such as json('[]').
    private readonly Dictionary<string, EvaluationError?> _errors = new(StringComparer.Ordinal);

    /// <summary>Checks the constant pieces of a template.</summary>
    public void Check(TemplateUse use)
    {
        if (use.Text.Expression is { } whole) Root(use, whole);
        for (var i = 0; i < use.Text.Parts.Count; i++)
        {
            if (use.Text.Parts[i].Expression is { } part) Root(use, part);
        }
    }

    private void Root(TemplateUse use, SyntaxNode node)
    {
        if (Visit(use, node)) Check(use, node);
    }

    // Whether a node is constant; the largest constant pieces below one that is not are checked on the way.
    private bool Visit(TemplateUse use, SyntaxNode node)
    {
        switch (node)
        {
            case LiteralSyntax:
                return true;
            case MemberSyntax { Name: not null } named:
                return Visit(use, named.Target);
            case MemberSyntax member:
                var (target, index) = (Visit(use, member.Target), Visit(use, member.Index));
                if (target && index) return true;
                if (target) Check(use, member.Target);
                if (index) Check(use, member.Index);
                return false;
            case CallSyntax call:
                return VisitCall(use, call);
            default:
                return false;
        }
    }

    private bool VisitCall(TemplateUse use, CallSyntax call)
    {
        // One bit an argument; beyond 64 arguments a constant piece is looked at once more.
        var constants = 0UL;
        var all = true;
        for (var i = 0; i < call.Arguments.Count; i++)
        {
            var isConstant = Visit(use, call.Arguments[i]);
            if (isConstant && i < 64) constants |= 1UL << i;
            all &= isConstant;
        }

        if (all && IsDeterministic(call)) return true;
        for (var i = 0; i < call.Arguments.Count; i++)
        {
            if (i < 64 ? (constants & (1UL << i)) != 0 : Visit(use, call.Arguments[i])) Check(use, call.Arguments[i]);
        }

        return false;
    }

    private void Check(TemplateUse use, SyntaxNode node)
    {
        if (node is LiteralSyntax) return;
        var piece = string.Concat("@", use.Text.Text.AsSpan(node.Span.Start, node.Span.Length));
        if (!_errors.TryGetValue(piece, out var found)) _errors[piece] = found = Failure(FlowValue.String(piece));
        if (found is not { } error) return;
        var span = error.Template?.Text == piece ? new TextSpan(node.Span.Start + error.Span.Start - 1, error.Span.Length) : node.Span;
        context.Faults.Warning(DiagnosticCodes.ConstantFailure, error.Message, use.At(span), error.Code, use.Node?.Action.Name, error.Detail);
    }

    private EvaluationError? Failure(FlowValue piece)
    {
        if (ExpressionEvaluator.Evaluate(piece, default, _options).Error is not { } error) return null;
        var other = ExpressionEvaluator.Evaluate(piece, default, _options with { Limits = OtherLimits }).Error;
        return other?.Message == error.Message ? error : null;
    }

    private bool IsDeterministic(CallSyntax call) =>
        context.Options.Functions.TryGet(call, context.Dialect, out var function)
        && function.IsDeterministic
        && (function.Origin != FunctionOrigin.Extension || !context.Options.Strict)
        && FunctionFaults.WrongCount(function, call.Name, call.Arguments.Count) is null;
}
