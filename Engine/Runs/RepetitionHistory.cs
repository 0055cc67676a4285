using FlowEngine.Actions;

namespace FlowEngine;

/// <summary>The repetitions of one execution of a loop, as far as they are kept.</summary>
/// <param name="keepsAll">Whether all are; otherwise the failed one that started first.</param>
internal sealed class RepetitionHistory(bool keepsAll)
{
    private readonly List<Frame> _kept = [];

    /// <summary>By index where all are kept.</summary>
    public IReadOnlyList<Frame> Kept => _kept;

    /// <summary>How many have started.</summary>
    public int Started { get; private set; }

    /// <summary>The one that started last.</summary>
    public Frame? Last { get; private set; }

    /// <summary>Whether there were some that are gone.</summary>
    public bool IsPartial => !keepsAll && _kept.Count < Started;

    public void Start(Frame repetition)
    {
        Started++;
        Last = repetition;
        if (keepsAll) _kept.Add(repetition);
    }

    public void End(Frame repetition)
    {
        if (keepsAll || repetition.Status is not (ActionStatus.Failed or ActionStatus.TimedOut)) return;
        // One is enough to say why the loop failed. They start in the order of their indexes; many start at the same tick.
        if (_kept.Count == 0) _kept.Add(repetition);
        else if (repetition.Index < _kept[0].Index) _kept[0] = repetition;
    }
}
