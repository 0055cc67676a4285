using System.Globalization;

namespace FlowEngine.Expressions;

/// <summary>What the evaluation of one template has cost so far.</summary>
/// <remarks>Only functions whose cost depends on their arguments' size are charged: they alone can multiply data.</remarks>
internal struct EvaluationBudget
{
    private long _steps;
    private long _bytes;

    /// <summary>Whether anything was charged.</summary>
    public readonly bool IsCharged => (_steps | _bytes) != 0;

    /// <summary>Adds what was charged here to the totals of a run.</summary>
    public readonly void AddTo(RunBudget run) => run.Add(_steps, _bytes);

    /// <summary>Charges the reading of an argument.</summary>
    public void Read(ExpressionLimits limits, FlowValue value)
    {
        if (Steps(value) is > 0 and var steps) Take(limits, steps, 0);
    }

    /// <summary>Charges the reading of two arguments. One text may be searched for another, in the worst case anew at each character.</summary>
    public void Read(ExpressionLimits limits, FlowValue first, FlowValue second)
    {
        var steps = Steps(first) + Steps(second);
        if (first.IsString && second.IsString) steps += (long)(first.Size >> 6) * (second.Size >> 6);
        if (steps > 0) Take(limits, steps, 0);
    }

    /// <summary>Charges a result: its text, or its cells; what is in them was charged where it was made.</summary>
    public void Made(ExpressionLimits limits, FlowValue result)
    {
        if (result.AsStringOrNull is { } text) Take(limits, 0, 2L * text.Length);
        else if (result.AsArrayOrNull is { } array) Take(limits, 0, 16L * array.Count);
        else if (result.AsObjectOrNull is { } o) Take(limits, 0, 24L * o.Count);
    }

    /// <summary>Charges steps and bytes.</summary>
    /// <exception cref="ExpressionException">The budget is used up.</exception>
    public void Take(ExpressionLimits limits, long steps, long bytes)
    {
        _steps += steps;
        _bytes += bytes;
        if (_steps > limits.MaxSteps) throw Exceeded(limits.MaxSteps, "steps");
        if (_bytes > limits.MaxBytes) throw Exceeded(limits.MaxBytes, "bytes of results");
    }

    /// <summary>Refuses what would take that many bytes, before it is made; charged once it is.</summary>
    /// <exception cref="ExpressionException">The budget would be used up.</exception>
    public readonly void CheckBytes(ExpressionLimits limits, long bytes)
    {
        if (_bytes + bytes > limits.MaxBytes) throw Exceeded(limits.MaxBytes, "bytes of results");
    }

    private static long Steps(FlowValue value) => value.IsString ? value.Size >> 6 : value.Size >> 3;

    internal static ExpressionException Exceeded(long limit, string unit) =>
        new(string.Create(CultureInfo.InvariantCulture, $"The template language expression cannot be evaluated: it exceeds the limit of '{limit}' {unit}."));
}

/// <summary>The root of a template: its budget starts afresh.</summary>
internal sealed class Metered(Expression inner) : Expression
{
    /// <summary>The expression with a budget; a constant needs none.</summary>
    public static Expression Root(Expression expression) =>
        expression.IsConstant || expression is Metered ? expression : new Metered(expression) { Source = expression.Source, Span = expression.Span };

    public override FlowValue Evaluate(EvaluationContext context)
    {
        context.Budget = default;
        return context.RunBudget is { } run ? EvaluateWithin(run, context) : inner.Evaluate(context);
    }

    private FlowValue EvaluateWithin(RunBudget run, EvaluationContext context)
    {
        run.Check(context.Limits);
        try
        {
            return inner.Evaluate(context);
        }
        finally
        {
            if (context.Budget.IsCharged) context.Budget.AddTo(run);
        }
    }
}
