namespace FlowEngine.Cli;

/// <summary>How <c>flow</c> ends. Stable: scripts and pipelines rely on it.</summary>
internal static class ExitCodes
{
    public const int Succeeded = 0;

    /// <summary>Wrong usage, also a file that isn't there.</summary>
    public const int Usage = 1;

    /// <summary>A definition or input that is not valid, also a trigger that starts no run.</summary>
    public const int Invalid = 2;

    /// <summary>The run ended otherwise than Succeeded; an expression failed.</summary>
    public const int RunFailed = 3;

    /// <summary>An expectation of a test was not met.</summary>
    public const int TestFailed = 4;

    /// <summary>Denied by policy, before or instead of a run.</summary>
    public const int Denied = 5;

    /// <summary>A replay left its cassette.</summary>
    public const int Diverged = 7;

    /// <summary>Cancelled by the user.</summary>
    public const int Cancelled = 130;
}
