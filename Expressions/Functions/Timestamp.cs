namespace FlowEngine.Expressions;

/// <summary>What the text of a time said about its zone; it decides what the text of a result says.</summary>
internal enum TimestampKind
{
    /// <summary>Nothing; results say nothing.</summary>
    Unzoned,

    /// <summary><c>Z</c>; results end in <c>Z</c>.</summary>
    Utc,

    /// <summary>An offset; it was converted to UTC, and results end in <c>+00:00</c>.</summary>
    Offset,
}

/// <summary>A time as the date functions hand it on.</summary>
/// <param name="Clock">Date and time of day; in UTC where the text had a zone.</param>
/// <param name="Kind">What the text said about the zone.</param>
internal readonly record struct Timestamp(DateTime Clock, TimestampKind Kind)
{
    /// <summary>A moment in UTC.</summary>
    public static Timestamp Utc(DateTime clock) => new(clock, TimestampKind.Utc);
}
