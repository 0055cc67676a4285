namespace FlowEngine;

/// <summary>The slots of one kind of repetition frame: the run itself, or one repetition of a loop.</summary>
internal sealed class FrameLayout(FrameLayout? parent, PlannedAction? loop)
{
    /// <summary>The frame around; null for the run's own.</summary>
    public FrameLayout? Parent { get; } = parent;

    /// <summary>The Foreach or Until whose repetition this is; null for the run's own.</summary>
    public PlannedAction? Loop { get; } = loop;

    /// <summary>How deep: 0 for the run's own.</summary>
    public int Level { get; } = parent is null ? 0 : parent.Level + 1;

    /// <summary>Whether it is a repetition of a Foreach, or lies in one.</summary>
    public bool IsInForeach { get; } = loop?.Definition.Type == "Foreach" || parent?.IsInForeach == true;

    /// <summary>Actions written straight into this frame, so far.</summary>
    public int SlotCount { get; private set; }

    public int NextSlot() => SlotCount++;

    /// <summary>How many frames out <paramref name="outer"/> is, or -1 where it does not enclose this one.</summary>
    public int HopsTo(FrameLayout outer)
    {
        var hops = 0;
        for (var layout = this; layout is not null; layout = layout.Parent, hops++)
        {
            if (ReferenceEquals(layout, outer)) return hops;
        }

        return -1;
    }
}
