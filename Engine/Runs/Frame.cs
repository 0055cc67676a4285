using FlowEngine.Actions;
using FlowEngine.Expressions;

namespace FlowEngine;

/// <summary>The slots of the run itself or of one repetition of a loop, and what expressions in it read.</summary>
internal sealed class Frame(Run run, Frame? parent, FrameLayout layout) : EvaluationContext
{
    public Run Run { get; } = run;

    public Frame? Parent { get; } = parent;

    public FrameLayout Layout { get; } = layout;

    public ActionExecution?[] Slots { get; } = new ActionExecution?[layout.SlotCount];

    /// <summary>The element of this repetition.</summary>
    public FlowValue Item { get; init; }

    /// <summary>The repetition's index, from 0.</summary>
    public int Index { get; init; }

    /// <summary>UTC ticks.</summary>
    public long StartTicks { get; init; }

    /// <summary>UTC ticks; 0 while it runs.</summary>
    public long EndTicks { get; set; }

    public ActionStatus Status { get; set; } = ActionStatus.Running;

    public override DateTime UtcNow => Run.EvaluationTime;

    public override ExpressionLimits Limits => Run.Settings.Limits;

    internal override RunBudget? RunBudget => Run.Evaluations?.Budget;

    public override Guid NewGuid() => Run.Chance.NewGuid();

    public override double NextDouble() => Run.Chance.NextDouble();

    internal override void NoteLeniency(string note) => Run.Evaluations?.Action?.AddNote(note);

    /// <summary>The frame that many parents up.</summary>
    public Frame Up(int hops)
    {
        var frame = this;
        for (; hops > 0; hops--) frame = frame.Parent!; // The compiler counted them.
        return frame;
    }
}
