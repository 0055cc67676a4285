namespace FlowEngine.Expressions;

/// <summary>Time zones by the names that definitions use: those of Windows, and IANA's.</summary>
internal static class TimeZones
{
    // No zone's name is longer.
    private const int MaxNameLength = 64;

    /// <summary>The zone of that name, in any case; null where there is none.</summary>
    public static TimeZoneInfo? Find(string id) => TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : FindIgnoringCase(id);

    /// <summary>The Windows or IANA name that a misspelt one was probably meant to be; null where none is near.</summary>
    public static string? Nearest(string id)
    {
        if (id.Length is < 3 or > MaxNameLength) return null;
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var zone in TimeZoneInfo.GetSystemTimeZones())
        {
            names.Add(zone.Id);
            if (TimeZoneInfo.TryConvertIanaIdToWindowsId(zone.Id, out var windowsId)) names.Add(windowsId);
        }

        return NearestName.Find(id, names);
    }

    // Names ignore case on Windows, where the service runs; elsewhere only the exact name is found at once.
    private static TimeZoneInfo? FindIgnoringCase(string id)
    {
        foreach (var zone in TimeZoneInfo.GetSystemTimeZones())
        {
            if (zone.Id.Equals(id, StringComparison.OrdinalIgnoreCase)) return zone;
            if (TimeZoneInfo.TryConvertIanaIdToWindowsId(zone.Id, out var windowsId) && windowsId.Equals(id, StringComparison.OrdinalIgnoreCase))
                return TimeZoneInfo.FindSystemTimeZoneById(windowsId);
        }

        return null;
    }
}
