using FlowEngine.Expressions;

namespace FlowEngine;

/// <summary>Reads an action inside loops that have ended: an array over a Foreach's repetitions in item order, the last repetition of an Until.</summary>
/// <remarks>Recorded for one Foreach; nested ones give nested arrays, outermost first, null for a repetition without outputs (assumed, runtime reference section 7 point 7).</remarks>
internal sealed class AggregateReference : Expression
{
    private readonly int _hops;
    private readonly PlannedAction[] _loops;
    private readonly PlannedAction _target;
    private readonly ActionPart _part;

    private AggregateReference(int hops, PlannedAction[] loops, PlannedAction target, ActionPart part)
    {
        _hops = hops;
        _loops = loops;
        _target = target;
        _part = part;
    }

    public static AggregateReference To(PlannedAction target, FrameLayout from, ActionPart part)
    {
        var loops = new Stack<PlannedAction>();
        var common = target.Frame;
        while (from.HopsTo(common) < 0)
        {
            loops.Push(common.Loop!); // Only the run's own frame has no loop, and that one encloses everything.
            common = common.Parent!;
        }

        return new AggregateReference(from.HopsTo(common), [.. loops], target, part);
    }

    public override FlowValue Evaluate(EvaluationContext context) => Collect(((Frame)context).Up(_hops), 0);

    // Nothing of the flow itself comes here: the plan has noted what its expressions read.
    internal static ExpressionException NotKept(PlannedAction loop) =>
        new($"The repetitions of '{loop.Name}' were not kept. Run with the whole history to read them afterwards.");

    private FlowValue Collect(Frame frame, int level)
    {
        if (level == _loops.Length) return ActionReference.Read(frame.Slots[_target.Slot], _part);
        var loop = _loops[level];
        var execution = frame.Slots[loop.Slot];
        if (execution is null) return default;
        if (execution.HasPartialHistory) throw NotKept(loop);
        var repetitions = execution.Repetitions;
        if (loop.Definition.Type == "Until") return repetitions.Count == 0 ? default : Collect(repetitions[^1], level + 1);
        if (_part == ActionPart.Record && level == _loops.Length - 1) return ActionValues.Aggregate(execution, _target);
        var items = new FlowValue[repetitions.Count];
        for (var i = 0; i < items.Length; i++) items[i] = Collect(repetitions[i], level + 1);
        return FlowArray.Create(items);
    }
}
