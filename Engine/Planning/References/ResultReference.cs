using FlowEngine.Expressions;

namespace FlowEngine;

/// <summary><c>result('Scope')</c>: records of the direct children in definition order, skipped ones too (runtime reference, 2.7).</summary>
internal sealed class ResultReference(int hops, PlannedAction target) : Expression
{
    public override FlowValue Evaluate(EvaluationContext context)
    {
        var execution = ((Frame)context).Up(hops).Slots[target.Slot];
        if (execution is null) return default;
        if (execution.HasPartialHistory) throw AggregateReference.NotKept(target);
        var records = new List<FlowValue>();
        foreach (var branch in target.Branches)
        {
            foreach (var child in branch.Written)
            {
                if (target.Repetition is null) AddUnlessNull(records, ActionReference.Read(execution.Frame.Slots[child.Slot], ActionPart.Record));
                else if (execution.Repetitions.Count == 0) AddUnlessNull(records, ActionReference.Read(execution.Unrun?.Slots[child.Slot], ActionPart.Record));
                else if (target.Definition.Type == "Until") records.Add(ActionValues.LastOf(execution, child));
                else records.Add(ActionValues.Aggregate(execution, child));
            }
        }

        return FlowArray.Create(records);
    }

    private static void AddUnlessNull(List<FlowValue> records, FlowValue record)
    {
        if (!record.IsNull) records.Add(record);
    }
}
