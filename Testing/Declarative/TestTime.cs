using System.Globalization;

namespace FlowEngine.Testing;

/// <summary>Times as tests write them; without an offset they are UTC.</summary>
internal static class TestTime
{
    public static bool TryParse(string text, out DateTimeOffset time)
    {
        time = default;
        return text is [_, _, _, _, '-', _, _, '-', ..]
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
    }
}
