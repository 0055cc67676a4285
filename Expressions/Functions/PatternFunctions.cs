using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace FlowEngine.Expressions;

/// <summary>Regular expressions from definitions: linear time where the pattern allows it, else within <see cref="ExpressionLimits.PatternTime"/>.</summary>
internal static class PatternFunctions
{
    private const int MaxPatternLength = 4_096;
    private const int MaxKept = 64;

    // Making a pattern costs far more than a match; flows use few.
    private static readonly ConcurrentDictionary<(string Pattern, TimeSpan Time), Regex> Kept = new();

    public static FlowValue Match(EvaluationContext context, ReadOnlySpan<FlowValue> arguments)
    {
        var text = Text("regexMatch", arguments, 0);
        var pattern = Pattern("regexMatch", Text("regexMatch", arguments, 1), context.Limits.PatternTime);
        try
        {
            return pattern.IsMatch(text);
        }
        catch (RegexMatchTimeoutException e)
        {
            throw TooSlow("regexMatch", pattern, e);
        }
    }

    public static FlowValue Replace(EvaluationContext context, ReadOnlySpan<FlowValue> arguments)
    {
        var text = Text("regexReplace", arguments, 0);
        var pattern = Pattern("regexReplace", Text("regexReplace", arguments, 1), context.Limits.PatternTime);
        var replacement = Text("regexReplace", arguments, 2);
        var length = 0L;

        // The time limit of the engine that backtracks is one for each match.
        var deadline = pattern.Options.HasFlag(RegexOptions.NonBacktracking) ? long.MaxValue : Environment.TickCount64 + (long)pattern.MatchTimeout.TotalMilliseconds;
        try
        {
            return FlowValue.String(pattern.Replace(text, match =>
            {
                var result = match.Result(replacement);
                length += result.Length;
                TextLimit.Check(context, "regexReplace", length);
                if (Environment.TickCount64 > deadline) throw TooSlow("regexReplace", pattern, null);
                return result;
            }));
        }
        catch (RegexMatchTimeoutException e)
        {
            throw TooSlow("regexReplace", pattern, e);
        }
    }

    private static Regex Pattern(string function, string pattern, TimeSpan time)
    {
        if (Kept.TryGetValue((pattern, time), out var kept)) return kept;
        if (pattern.Length > MaxPatternLength) throw NotValid(function, $"it has more than {MaxPatternLength} characters", null);
        try
        {
            var made = Make(pattern, time);
            if (Kept.Count >= MaxKept) Kept.Clear();
            Kept.TryAdd((pattern, time), made);
            return made;
        }
        catch (ArgumentException e)
        {
            throw NotValid(function, e.Message, e);
        }
    }

    private static Regex Make(string pattern, TimeSpan time)
    {
        try
        {
            return new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, time);
        }
        catch (NotSupportedException)
        {
            // Look-around, back references, or a pattern too large for an automaton: the backtracking engine, with its time limited.
            return new Regex(pattern, RegexOptions.CultureInvariant, time);
        }
    }

    private static string Text(string function, ReadOnlySpan<FlowValue> arguments, int index) =>
        arguments[index].AsStringOrNull ?? throw ArgumentFailure.Parameter(function, index + 1, "to be of type string", arguments[index]);

    private static ExpressionException NotValid(string function, string reason, Exception? cause) =>
        new($"The template language function '{function}' was invoked with a pattern that is not valid: {reason}", null, cause);

    private static ExpressionException TooSlow(string function, Regex pattern, Exception? cause) =>
        new($"The template language function '{function}' took longer than {pattern.MatchTimeout.TotalMilliseconds} ms.", $"{function}: make the pattern simpler or the text shorter", cause);
}
