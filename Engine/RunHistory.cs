namespace FlowEngine;

/// <summary>How much of its loops a run remembers.</summary>
public enum RunHistory
{
    /// <summary>Every repetition, until the result is dropped: some 300 bytes and its values for each action of each.</summary>
    Whole,

    /// <summary>
    /// Repetitions are let go as they end, those excepted that an expression of the flow may read later, and of each loop the one whose failure
    /// decides. Observers see everything; the result and the record show what is left. Memory does not grow with the number of repetitions.
    /// </summary>
    Streamed,
}
