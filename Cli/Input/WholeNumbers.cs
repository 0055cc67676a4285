using System.Globalization;

namespace FlowEngine.Cli;

/// <summary>Whole numbers on the command line. The parser's own conversion names types of .NET in its message.</summary>
internal static class WholeNumbers
{
    /// <returns>Null where the option was not given.</returns>
    /// <exception cref="UsageException">It is no whole number of 32 bits, or below the least.</exception>
    public static int? Read(string? text, string option, int least = int.MinValue)
    {
        if (text is null) return null;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least) return number;
        var kind = least == int.MinValue ? "a whole number" : string.Create(CultureInfo.InvariantCulture, $"a whole number from {least}");
        throw new UsageException($"{option} takes {kind}, not '{text}'.");
    }
}
