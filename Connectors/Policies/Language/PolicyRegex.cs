using System.Text;
using System.Text.RegularExpressions;

namespace FlowEngine.Connectors;

/// <summary>Regular expressions of policies: never compiled, without backtracking where the pattern allows it, with a time limit.</summary>
internal static class PolicyRegex
{
    private const int MaxPattern = 1_000;
    private const int MaxMatches = 10_000;
    private const int PatternSteps = 200; // Building one, measured roughly.

    // A match that may backtrack is bounded by its time limit alone, so an evaluation may have few of them.
    private const int BacktrackingSteps = PolicyBudget.MaxSteps / 20;
    private const int NextBacktrackingSteps = PolicyBudget.MaxSteps / 100;
    private const int MatchBytes = 256; // A match with its groups, measured roughly.

    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(100);

    // The engine without backtracking is bounded by its steps; the time only guards against what it does not foresee.
    private static readonly TimeSpan LinearLimit = TimeSpan.FromSeconds(2);

    public static Regex Of(PolicyCall call, int pattern, int options)
    {
        var text = call.Text(pattern);
        if (text.Length > MaxPattern) throw call.Fail($"A pattern may have {MaxPattern} characters.");
        call.Budget.Step(PatternSteps, call.At);
        var flags = RegexOptions.CultureInvariant;
        if (call[options] is PolicyConstant constant && Enum.TryParse<RegexOptions>(constant.Value, out var given)) flags |= given;
        try
        {
            return new Regex(text, flags | RegexOptions.NonBacktracking, LinearLimit);
        }
        catch (NotSupportedException)
        {
            return new Regex(text, flags, Limit); // Back references and look-around.
        }
    }

    public static Match Match(Regex regex, string text, PolicyCall call)
    {
        call.Budget.Step(IsLinear(regex) ? 4 + (text.Length / 8) : BacktrackingSteps, call.At);
        return regex.Match(text);
    }

    /// <summary>The matches, each charged before it is looked for.</summary>
    public static List<object?> Matches(Regex regex, string text, PolicyCall call)
    {
        var found = new List<object?>();
        for (var match = Match(regex, text, call); match.Success && found.Count < MaxMatches; match = Next(regex, match, text, call)) found.Add(match);
        return found;
    }

    /// <summary>The text with every match replaced; each piece is charged before it is made.</summary>
    public static string Replace(Regex regex, string text, string replacement, PolicyCall call)
    {
        // "$_", "$`" and "$'" stand for as much as the whole text, the others for a group.
        var references = replacement.Count(c => c == '$');
        var isWhole = replacement.Contains("$_", StringComparison.Ordinal) || replacement.Contains("$`", StringComparison.Ordinal) || replacement.Contains("$'", StringComparison.Ordinal);
        var result = new StringBuilder();
        var at = 0;
        for (var match = Match(regex, text, call); match.Success; match = Next(regex, match, text, call))
        {
            long longest = references == 0 ? 0 : isWhole ? text.Length : match.Groups.Values.Max(group => group.Length);
            call.Budget.Charge(2 * (replacement.Length + (references * longest)), call.At);
            result.Append(text, at, match.Index - at).Append(match.Result(replacement));
            at = match.Index + match.Length;
        }

        call.Budget.Charge(2L * text.Length, call.At);
        return result.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>The pieces between matches, and what groups of the pattern matched.</summary>
    public static List<object?> Split(Regex regex, string text, PolicyCall call)
    {
        var pieces = new List<object?>();
        var at = 0;
        for (var match = Match(regex, text, call); match.Success; match = Next(regex, match, text, call))
        {
            pieces.Add(call.Built(text[at..match.Index]));
            foreach (var group in match.Groups.Values.Skip(1).Where(group => group.Success)) pieces.Add(call.Built(group.Value));
            at = match.Index + match.Length;
        }

        pieces.Add(call.Built(text[at..]));
        return pieces;
    }

    // The engine without backtracking needs linear time for a match, so that many matches are quadratic at worst.
    private static Match Next(Regex regex, Match match, string text, PolicyCall call)
    {
        call.Budget.Step(IsLinear(regex) ? 4 + ((text.Length - match.Index) / 512) : NextBacktrackingSteps, call.At);
        call.Budget.Charge(MatchBytes, call.At);
        return match.NextMatch();
    }

    private static bool IsLinear(Regex regex) => regex.Options.HasFlag(RegexOptions.NonBacktracking);
}
