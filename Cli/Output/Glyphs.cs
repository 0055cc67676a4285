using FlowEngine.Actions;

namespace FlowEngine.Cli;

/// <summary>The signs for statuses, in Unicode or in ASCII.</summary>
internal sealed class Glyphs
{
    private static readonly Glyphs Unicode = new() { Succeeded = "✓", Failed = "✗", Skipped = "○", Cancelled = "⊘", TimedOut = "⧖", Waiting = "·", Separator = "·" };
    private static readonly Glyphs Ascii = new() { Succeeded = "+", Failed = "x", Skipped = "-", Cancelled = "!", TimedOut = "T", Waiting = ".", Separator = "|" };

    public required string Succeeded { get; init; }

    public required string Failed { get; init; }

    public required string Skipped { get; init; }

    public required string Cancelled { get; init; }

    public required string TimedOut { get; init; }

    public required string Waiting { get; init; }

    public required string Separator { get; init; }

    public bool IsAscii => ReferenceEquals(this, Ascii);

    public static Glyphs Of(bool ascii) => ascii ? Ascii : Unicode;

    /// <summary>An excerpt of a file with its ellipses drawn, one character for one so that the carets stay in place.</summary>
    public string Draw(string excerpt) => IsAscii ? excerpt.Replace('…', '~').Replace('·', '?') : excerpt;

    public string For(ActionStatus status) => status switch
    {
        ActionStatus.Succeeded => Succeeded,
        ActionStatus.Failed => Failed,
        ActionStatus.Skipped => Skipped,
        ActionStatus.Cancelled => Cancelled,
        ActionStatus.TimedOut => TimedOut,
        _ => Waiting,
    };
}
