namespace FlowEngine.Actions;

/// <summary>How far a script may go.</summary>
internal sealed record ScriptLimits
{
    /// <summary>The service's 5 seconds (documented); the other limits stop a script that could do harm in less.</summary>
    public static ScriptLimits Default { get; } = new();

    /// <summary>Wall time on the machine's clock: a script keeps a processor busy, whatever the run's clock says.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Bytes it may allocate in all, what it has let go of included.</summary>
    public long Memory { get; init; } = 16 * 1024 * 1024;

    public int Statements { get; init; } = 5_000_000;

    /// <summary>Calls inside calls.</summary>
    public int Recursion { get; init; } = 200;

    /// <summary>For one match of one pattern.</summary>
    public TimeSpan Pattern { get; init; } = TimeSpan.FromMilliseconds(250);

    public uint ArrayLength { get; init; } = 1_000_000;

    /// <summary>Depth of JSON text that it parses.</summary>
    public int JsonDepth { get; init; } = 128;
}
