using FlowEngine.Expressions;

namespace FlowEngine.Testing;

/// <summary>What an expression of a test that is not true is made of: the values of its arguments, and what may be meant by a name that there isn't.</summary>
internal static class ThatArguments
{
    /// <summary>The values of those arguments of the outermost call that are no constants: <c>: length(variables('n')) is 2</c>. Empty where there are none.</summary>
    public static string Text(RunResult run, string condition)
    {
        if (Parse(condition) is not { Expression: CallSyntax call } template) return string.Empty;
        var words = new List<string>();
        foreach (var argument in call.Arguments.Where(argument => argument is not LiteralSyntax))
        {
            var text = template.Text.Substring(argument.Span.Start, argument.Span.Length);
            try
            {
                words.Add($"{text} is {ValueExpectation.Short(run.Evaluate(FlowValue.String("@" + text)))}");
            }
            catch (ExpressionException)
            {
                // The whole could be evaluated without it: or() and and() leave arguments out.
            }
        }

        return words.Count == 0 ? string.Empty : ": " + string.Join(", ", words);
    }

    /// <summary>The function or action that may be meant where a name is that of none; empty where all are there.</summary>
    /// <param name="run">The run.</param>
    /// <param name="condition">The expression.</param>
    /// <param name="error">Why it could not be evaluated.</param>
    public static string Suggestion(RunResult run, string condition, string error)
    {
        if (Parse(condition)?.Expression is not { } root) return string.Empty;
        foreach (var call in Calls(root))
        {
            if (error.Contains($"'{call.Name}' is not defined", StringComparison.OrdinalIgnoreCase)) return Question(NearestName.Find(call.Name, BuiltInFunctions.Table.Select(function => function.Name)));
            if (call.Name.ToUpperInvariant() is not ("BODY" or "OUTPUTS" or "ACTIONS") || call.Arguments is not [LiteralSyntax { Value.IsString: true } literal]) continue;
            var names = RunActions.Names(run).ToList();
            if (!names.Contains(literal.Value.AsString, StringComparer.OrdinalIgnoreCase)) return Question(NearestName.Find(literal.Value.AsString, names));
        }

        return string.Empty;
    }

    private static string Question(string? near) => near is null ? string.Empty : $" Did you mean '{near}'?";

    private static TemplateText? Parse(string condition) => new TemplateTextCache(ExpressionDialect.Extended, ExpressionLimits.Default).Get(condition) is { Error: null } template ? template : null;

    private static IEnumerable<CallSyntax> Calls(SyntaxNode node) => node switch
    {
        CallSyntax call => call.Arguments.SelectMany(Calls).Prepend(call),
        MemberSyntax member => Calls(member.Target).Concat(member.Index is null ? [] : Calls(member.Index)),
        _ => [],
    };
}
