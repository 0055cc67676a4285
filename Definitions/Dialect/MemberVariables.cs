using FlowEngine.Expressions;

namespace FlowEngine.Definitions;

/// <summary>R9: in a Compose of an object, <c>variables('n')</c> is the member n above it where the flow has no variable n.</summary>
/// <remarks>
/// The member's expression takes the place of the call, so that a boolean stays one although the member itself is text. A member that gives
/// another value each time (<c>guid</c>, <c>rand</c>), or an object with expressions, can't be written twice: the variable stays undeclared.
/// </remarks>
internal static class MemberVariables
{
    // Members that use one another double what they say; beyond this the expression is no longer one that anybody writes.
    private const int MaximumLength = 8192;

    private const string Function = "variables";

    /// <summary>Whether an action has such a use.</summary>
    public static bool Are(FlowValue action, DialectContext context)
    {
        if (!IsCompose(action["type"]) || action["inputs"].AsObjectOrNull is not { } members) return false;
        for (var i = 1; i < members.Count; i++)
        {
            if (Uses(members.Values[i], members.Names[..i], context)) return true;
        }

        return false;
    }

    /// <summary>Puts the members' expressions in place of the calls.</summary>
    public static void Rewrite(string name, DraftObject action, DialectContext context)
    {
        if (!Are(action.ToValue(), context) || action.Open("inputs") is not { } inputs) return;
        var above = new Dictionary<string, FlowValue>(StringComparer.OrdinalIgnoreCase);
        foreach (var member in inputs.Members.ToArray())
        {
            var value = Rewritten(member.Value, member.Origin, name, above, context);
            if (value != member.Value) inputs.Set(member.Name, value);
            above[member.Name] = value;
        }
    }

    private static FlowValue Rewritten(FlowValue value, string pointer, string action, Dictionary<string, FlowValue> above, DialectContext context)
    {
        if (value.AsStringOrNull is { } text) return Rewritten(text, pointer, action, above, context);
        if (value.AsArrayOrNull is { } array)
        {
            var items = new FlowValue[array.Count];
            for (var i = 0; i < items.Length; i++) items[i] = Rewritten(array[i], JsonPointer.Append(pointer, i), action, above, context);
            return FlowArray.Create(items);
        }

        if (value.AsObjectOrNull is not { } members) return value;
        var built = new FlowObjectBuilder(members.Count);
        foreach (var (name, inner) in members) built.Add(name, Rewritten(inner, JsonPointer.Append(pointer, name), action, above, context));
        return built.ToValue();
    }

    private static FlowValue Rewritten(string text, string pointer, string action, Dictionary<string, FlowValue> above, DialectContext context)
    {
        if (!text.Contains('@', StringComparison.Ordinal)) return FlowValue.String(text);
        var template = context.Templates.Get(text);
        var result = ExpressionText.Exchange(template, call =>
        {
            if (VariableOf(call) is not { } variable || context.IsVariable(variable) || !above.TryGetValue(variable, out var member)) return null;
            if (ExpressionText.Of(member, context.Templates) is not { Length: <= MaximumLength } expression || IsNewEachTime(member, context)) return null;
            context.Report(
                DiagnosticCodes.DialectMember,
                $"There is no variable '{variable}'; the member '{variable}' of the inputs of '{action}' is taken for it.",
                "Initialize a variable of that name, or write the member's expression.",
                new FaultPlace(pointer, Piece: call.Span),
                action);
            return expression;
        });
        if (result != text) context.NoteComputed(pointer);
        return FlowValue.String(result);
    }

    private static bool IsNewEachTime(FlowValue member, DialectContext context) =>
        member.AsStringOrNull is { } text && context.Templates.Get(text).Calls().Any(call => call.Name.ToUpperInvariant() is "GUID" or "RAND");

    private static bool Uses(FlowValue value, ReadOnlySpan<string> above, DialectContext context)
    {
        if (value.AsStringOrNull is { } text)
        {
            if (!text.Contains('@', StringComparison.Ordinal) || !text.Contains(Function, StringComparison.OrdinalIgnoreCase)) return false;
            foreach (var call in context.Templates.Get(text).Calls())
            {
                if (VariableOf(call) is { } name && above.Contains(name, StringComparer.OrdinalIgnoreCase) && !context.IsVariable(name)) return true;
            }
        }
        else if (value.AsArrayOrNull is { } array)
        {
            for (var i = 0; i < array.Count; i++)
            {
                if (Uses(array[i], above, context)) return true;
            }
        }
        else if (value.AsObjectOrNull is { } members)
        {
            for (var i = 0; i < members.Count; i++)
            {
                if (Uses(members.Values[i], above, context)) return true;
            }
        }

        return false;
    }

    private static string? VariableOf(CallSyntax call) =>
        call.Name.Equals(Function, StringComparison.OrdinalIgnoreCase) && call.Arguments.Count == 1 ? call.LiteralText(0) : null;

    private static bool IsCompose(FlowValue type) => string.Equals(type.AsStringOrNull, "Compose", StringComparison.OrdinalIgnoreCase);
}
