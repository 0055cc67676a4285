namespace FlowEngine.Expressions;

/// <summary>A constant.</summary>
internal sealed class Literal(FlowValue value) : Expression
{
    /// <summary>The constant.</summary>
    public FlowValue Value { get; } = value;

    public override bool IsConstant => true;

    public override FlowValue Evaluate(EvaluationContext context) => Value;
}
