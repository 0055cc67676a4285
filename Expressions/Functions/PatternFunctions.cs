using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace FlowEngine.Expressions;

/// <summary>Regular expressions from definitions: linear time where the pattern allows it, else at most 250 ms.</summary>
internal static class PatternFunctions
{
    private const int MaxPatternLength = 4_096;
    private const int MaxKept = 64;

    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(250);

    // Making a pattern costs far more than a match; flows use few.
    private static readonly ConcurrentDictionary<string, Regex> Kept = new(StringComparer.Ordinal);

    public static FlowValue Match(ReadOnlySpan<FlowValue> arguments)
    {
        var text = Text("regexMatch", arguments, 0);
        var pattern = Pattern("regexMatch", Text("regexMatch", arguments, 1));
        try
        {
            return pattern.IsMatch(text);
        }
        catch (RegexMatchTimeoutException e)
        {
            throw TooSlow("regexMatch", e);
        }
    }

    public static FlowValue Replace(EvaluationContext context, ReadOnlySpan<FlowValue> arguments)
    {
        var text = Text("regexReplace", arguments, 0);
        var pattern = Pattern("regexReplace", Text("regexReplace", arguments, 1));
        var replacement = Text("regexReplace", arguments, 2);
        var length = 0L;

        // The time limit of the engine that backtracks is one for each match.
        var deadline = pattern.Options.HasFlag(RegexOptions.NonBacktracking) ? long.MaxValue : Environment.TickCount64 + (long)Timeout.TotalMilliseconds;
        try
        {
            return FlowValue.String(pattern.Replace(text, match =>
            {
                var result = match.Result(replacement);
                length += result.Length;
                TextLimit.Check(context, "regexReplace", length);
                if (Environment.TickCount64 > deadline) throw TooSlow("regexReplace", null);
                return result;
            }));
        }
        catch (RegexMatchTimeoutException e)
        {
            throw TooSlow("regexReplace", e);
        }
    }

    private static Regex Pattern(string function, string pattern)
    {
        if (Kept.TryGetValue(pattern, out var kept)) return kept;
        if (pattern.Length > MaxPatternLength) throw NotValid(function, $"it has more than {MaxPatternLength} characters", null);
        try
        {
            var made = Make(pattern);
            if (Kept.Count >= MaxKept) Kept.Clear();
            Kept.TryAdd(pattern, made);
            return made;
        }
        catch (ArgumentException e)
        {
            throw NotValid(function, e.Message, e);
        }
    }

    private static Regex Make(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, Timeout);
        }
        catch (NotSupportedException)
        {
            // Look-around, back references, or a pattern too large for an automaton: the backtracking engine, with its time limited.
            return new Regex(pattern, RegexOptions.CultureInvariant, Timeout);
        }
    }

    private static string Text(string function, ReadOnlySpan<FlowValue> arguments, int index) =>
        arguments[index].AsStringOrNull ?? throw ArgumentFailure.Parameter(function, index + 1, "to be of type string", arguments[index]);

    private static ExpressionException NotValid(string function, string reason, Exception? cause) =>
        new($"The template language function '{function}' was invoked with a pattern that is not valid: {reason}", null, cause);

    private static ExpressionException TooSlow(string function, Exception? cause) =>
        new($"The template language function '{function}' took longer than {Timeout.TotalMilliseconds} ms.", $"{function}: make the pattern simpler or the text shorter", cause);
}
