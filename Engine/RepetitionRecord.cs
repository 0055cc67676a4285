using FlowEngine.Actions;

namespace FlowEngine;

/// <summary>One repetition of a loop.</summary>
public sealed class RepetitionRecord
{
    private readonly ActionExecution _loop;
    private readonly Frame _frame;

    internal RepetitionRecord(ActionExecution loop, Frame frame)
    {
        _loop = loop;
        _frame = frame;
    }

    /// <summary>From 0.</summary>
    public int Index => _frame.Index;

    /// <summary>How it ended, by the leaf rule.</summary>
    public ActionStatus Status => _frame.Status;

    /// <summary>The element of a Foreach; null for an Until.</summary>
    public FlowValue Item => _frame.Item;

    /// <summary>The action of that name, at any depth below the loop but not in an inner loop; null where there is none.</summary>
    public ActionRecord? Action(string name)
    {
        foreach (var execution in _frame.Slots)
        {
            if (execution is not null && string.Equals(execution.Plan.Name, name, StringComparison.OrdinalIgnoreCase)) return new ActionRecord(execution);
        }

        return null;
    }

    /// <summary>The loop.</summary>
    public ActionRecord Loop => new(_loop);

    internal Frame Frame => _frame;
}
