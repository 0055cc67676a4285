using System.Globalization;

namespace FlowEngine.Testing;

/// <summary>How often something must happen.</summary>
/// <param name="Minimum">At least so often.</param>
/// <param name="Maximum">At most so often.</param>
public readonly record struct Times(int Minimum, int Maximum)
{
    /// <summary>Not at all.</summary>
    public static Times Never { get; } = new(0, 0);

    /// <summary>Exactly once.</summary>
    public static Times Once { get; } = new(1, 1);

    /// <summary>Once or more.</summary>
    public static Times AtLeastOnce { get; } = new(1, int.MaxValue);

    /// <summary>Exactly so often.</summary>
    public static Times Exactly(int count) => new(count, count);

    /// <summary>So often or more.</summary>
    public static Times AtLeast(int count) => new(count, int.MaxValue);

    /// <summary>So often or less.</summary>
    public static Times AtMost(int count) => new(0, count);

    /// <summary>Whether the count is right.</summary>
    public bool Allow(int count) => count >= Minimum && count <= Maximum;

    /// <summary>In words: <c>exactly 2 times</c>.</summary>
    public override string ToString() => this switch
    {
        { Maximum: 0 } => "never",
        _ when Minimum == Maximum => "exactly " + Count(Minimum),
        { Maximum: int.MaxValue } => "at least " + Count(Minimum),
        { Minimum: 0 } => "at most " + Count(Maximum),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Minimum} to {Count(Maximum)}"),
    };

    /// <summary>A count in words.</summary>
    internal static string Count(int count) => count == 1 ? "once" : string.Create(CultureInfo.InvariantCulture, $"{count} times");
}
