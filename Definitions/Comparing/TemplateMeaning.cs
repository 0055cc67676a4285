using FlowEngine.Expressions;

namespace FlowEngine.Definitions;

/// <summary>Whether two texts mean the same: blanks in expressions, the case of function names and new names of actions are no difference.</summary>
/// <param name="renamed">New names of actions by their old ones.</param>
internal sealed class TemplateMeaning(IReadOnlyDictionary<string, string> renamed)
{
    // The functions whose first argument is the name of an action.
    private static readonly HashSet<string> NamingActions = new(StringComparer.OrdinalIgnoreCase)
    {
        "outputs", "body", "actions", "result", "items", "iterationIndexes", "actionOutputs", "actionBody", "formDataValue", "formDataMultiValues", "multipartBody",
    };

    private readonly TemplateTextCache _texts = new();

    public bool AreSame(string before, string after)
    {
        if (before == after) return true;
        if (!before.Contains('@', StringComparison.Ordinal) || !after.Contains('@', StringComparison.Ordinal)) return false;
        var first = _texts.Get(before);
        var second = _texts.Get(after);
        if (first.Error is not null || second.Error is not null || first.Kind != second.Kind) return false;
        if (first.Expression is { } expression) return second.Expression is { } other && AreSame(expression, other);
        if (first.Parts.Count == 0 || first.Parts.Count != second.Parts.Count) return false;
        return first.Parts.Zip(second.Parts).All(pair => pair.First.Expression is { } hole
            ? pair.Second.Expression is { } same && AreSame(hole, same)
            : pair.Second.Expression is null && pair.First.Text == pair.Second.Text);
    }

    private bool AreSame(SyntaxNode before, SyntaxNode after) => (before, after) switch
    {
        (LiteralSyntax first, LiteralSyntax second) => first.Value.Kind == second.Value.Kind && first.Value.Equals(second.Value),
        (IdentifierSyntax first, IdentifierSyntax second) => first.Name == second.Name,
        (MemberSyntax first, MemberSyntax second) => first.IsOptional == second.IsOptional && AreSame(first.Target, second.Target) && AreSame(first.Index, second.Index),
        (CallSyntax first, CallSyntax second) => AreSame(first, second),
        _ => false,
    };

    private bool AreSame(CallSyntax before, CallSyntax after)
    {
        if (!before.Name.Equals(after.Name, StringComparison.OrdinalIgnoreCase) || before.Arguments.Count != after.Arguments.Count) return false;
        var start = 0;
        if (NamingActions.Contains(before.Name) && before.LiteralText(0) is { } name && after.LiteralText(0) is { } newName)
        {
            if (!newName.Equals(renamed.GetValueOrDefault(name, name), StringComparison.OrdinalIgnoreCase)) return false;
            start = 1;
        }

        for (var i = start; i < before.Arguments.Count; i++)
        {
            if (!AreSame(before.Arguments[i], after.Arguments[i])) return false;
        }

        return true;
    }
}
