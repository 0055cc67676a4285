using System.Globalization;

namespace FlowEngine;

/// <summary>Times of records: UTC with <c>Z</c>, up to seven fraction digits, trailing zeros removed (recorded; runtime reference, 2.7).</summary>
internal static class Timestamps
{
    public static string Text(long utcTicks) => new DateTime(utcTicks, DateTimeKind.Utc).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
