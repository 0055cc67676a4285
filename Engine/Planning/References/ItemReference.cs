using FlowEngine.Expressions;

namespace FlowEngine;

/// <summary>The element or the index of the repetition that many frames up: <c>item()</c>, <c>items('Loop')</c>, <c>iterationIndexes('Loop')</c>.</summary>
internal sealed class ItemReference(int hops, bool index) : Expression
{
    public override FlowValue Evaluate(EvaluationContext context)
    {
        var frame = ((Frame)context).Up(hops);
        return index ? FlowValue.Integer(frame.Index) : frame.Item;
    }
}
