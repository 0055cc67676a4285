using System.Text.RegularExpressions;

namespace FlowEngine.Connectors;

/// <summary>Regular expressions of policies: never compiled, without backtracking where the pattern allows it, with a time limit.</summary>
internal static class PolicyRegex
{
    private const int MaxPattern = 1_000;

    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(250);

    public static Regex Of(PolicyCall call, int pattern, int options)
    {
        var text = call.Text(pattern);
        if (text.Length > MaxPattern) throw call.Fail($"A pattern may have {MaxPattern} characters.");
        var flags = RegexOptions.CultureInvariant;
        if (call[options] is PolicyConstant constant && Enum.TryParse<RegexOptions>(constant.Value, out var given)) flags |= given;
        try
        {
            return new Regex(text, flags | RegexOptions.NonBacktracking, Limit);
        }
        catch (NotSupportedException)
        {
            return new Regex(text, flags, Limit); // Back references and look-around.
        }
    }

    /// <summary>The text with every match replaced; each piece is charged before it is kept.</summary>
    public static string Replace(Regex regex, string text, string replacement, PolicyCall call) =>
        regex.Replace(text, match => call.Built(match.Result(replacement)));
}
