namespace FlowEngine.Connectors;

/// <summary>Waits and time limits that documents and their expressions name.</summary>
internal static class PolicyWait
{
    // Timers of .NET take no longer ones.
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(int.MaxValue);

    /// <summary>So many seconds, 24 days at most.</summary>
    public static TimeSpan Of(double seconds) => seconds < Longest.TotalSeconds ? TimeSpan.FromSeconds(seconds) : Longest;
}
