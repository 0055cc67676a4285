namespace FlowEngine.Definitions;

/// <summary>The wall time of a zone, as recurrences keep it through the changes of summer time.</summary>
internal readonly struct WallClock(TimeZoneInfo zone)
{
    public DateTime ToLocal(DateTime utc) => DateTime.SpecifyKind(TimeZoneInfo.ConvertTimeFromUtc(utc, zone), DateTimeKind.Unspecified);

    /// <summary>The moment of a wall time: in the gap of spring by the offset before it, in the overlap of autumn the first of the two.</summary>
    public DateTime ToUtc(DateTime local)
    {
        var offset = zone.IsInvalidTime(local) ? OffsetBeforeGap(local)
            : zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max()
            : zone.GetUtcOffset(local);
        return DateTime.SpecifyKind(local - offset, DateTimeKind.Utc);
    }

    private TimeSpan OffsetBeforeGap(DateTime local)
    {
        do local = local.AddMinutes(-30);
        while (zone.IsInvalidTime(local));
        return zone.GetUtcOffset(local);
    }
}
