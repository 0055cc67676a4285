namespace FlowEngine;

/// <summary>How many runs of a trigger there may be.</summary>
/// <param name="Runs">At a time.</param>
/// <param name="WaitingRuns">Beyond those.</param>
internal readonly record struct TriggerLimit(int Runs, int WaitingRuns)
{
    private const int DefaultRuns = 25;
    private const int MaximumWaitingRuns = 100;

    /// <summary>Documented: 25 runs, and 10 more that wait, up to 100.</summary>
    public static TriggerLimit Of(bool isSingle, long? runs, long? waitingRuns)
    {
        var most = isSingle ? 1 : (int)Math.Clamp(runs ?? DefaultRuns, 1, int.MaxValue);
        return new TriggerLimit(most, (int)Math.Clamp(waitingRuns ?? Math.Min(most + 10L, MaximumWaitingRuns), 0, int.MaxValue));
    }
}
