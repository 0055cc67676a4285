namespace FlowEngine.Expressions;

/// <summary>A local of the context: the element of Select, Query, Table, <c>map</c> or <c>select</c>.</summary>
internal sealed class Local(int index) : Expression
{
    public override FlowValue Evaluate(EvaluationContext context) => context.GetLocal(index);
}
