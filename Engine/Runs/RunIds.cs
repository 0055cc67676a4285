using System.Globalization;

namespace FlowEngine;

/// <summary>Run ids as the service makes them: newer ones sort first (recorded; runtime reference, 2.7).</summary>
internal static class RunIds
{
    /// <summary>20 digits of what is left of time, 9 random digits, <c>CU</c>, 2 digits.</summary>
    public static string New(DateTimeOffset start, Chance chance) => string.Create(
        CultureInfo.InvariantCulture,
        $"{long.MaxValue - start.UtcTicks:D20}{chance.NextInteger(1_000_000_000):D9}CU{chance.NextInteger(100):D2}");
}
