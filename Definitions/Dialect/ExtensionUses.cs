using FlowEngine.Expressions;

namespace FlowEngine.Definitions;

/// <summary>Whether expressions call what the service has not: our functions, or its own with arguments that only we take.</summary>
internal static class ExtensionUses
{
    /// <summary>Whether a part of a definition has such a call.</summary>
    public static bool AreIn(FlowValue value, TemplateTextCache templates, FunctionTable functions)
    {
        if (value.AsStringOrNull is { } text)
        {
            if (!text.Contains('@', StringComparison.Ordinal)) return false;
            foreach (var call in templates.Get(text).Calls())
            {
                if (Is(call, functions)) return true;
            }
        }
        else if (value.AsArrayOrNull is { } array)
        {
            foreach (var item in array)
            {
                if (AreIn(item, templates, functions)) return true;
            }
        }
        else if (value.AsObjectOrNull is { } members)
        {
            for (var i = 0; i < members.Count; i++)
            {
                if (AreIn(members.Values[i], templates, functions)) return true;
            }
        }

        return false;
    }

    /// <summary>Whether the service would refuse a call, or fail at it, that works here.</summary>
    public static bool Is(CallSyntax call, FunctionTable functions)
    {
        if (!functions.TryGet(call, ExpressionDialect.Extended, out var function)) return false;
        if (IsOfValue(call, functions) || IsOnTicks(call)) return true;
        if (function.Origin != FunctionOrigin.Extension) return false;
        if (!functions.TryGet(call, ExpressionDialect.Strict, out var standard) || standard.Origin == FunctionOrigin.Extension) return true;
        return FunctionFaults.WrongCount(standard, call.Name, call.Arguments.Count) is not null;
    }

    /// <summary>Whether <c>items()</c> is given anything but a literal name.</summary>
    public static bool IsOfValue(CallSyntax call, FunctionTable functions) =>
        call.Name.Equals("items", StringComparison.OrdinalIgnoreCase)
        && call.Arguments.Count == 1
        && call.LiteralText(0) is null
        && functions.TryGet(call, ExpressionDialect.Strict, out var function) && function.Origin == FunctionOrigin.Reference;

    /// <summary>Whether a date function is given ticks: by <c>ticks()</c>, or by another one that gives them.</summary>
    public static bool IsOnTicks(CallSyntax call)
    {
        // Most calls have no call among their first arguments: they need no look-up.
        if (!(IsCall(call, 0) || IsCall(call, 1)) || !DateTicksExtension.Table.TryGet(call.Name, out var function)) return false;
        if (GivesTicks(call.Arguments[0])) return true;
        return function.Name == "dateDifference" && call.Arguments.Count > 1 && GivesTicks(call.Arguments[1]);
    }

    private static bool IsCall(CallSyntax call, int argument) => argument < call.Arguments.Count && call.Arguments[argument] is CallSyntax;

    private static bool GivesTicks(SyntaxNode argument) => argument is CallSyntax call
        && (call.Name.Equals("ticks", StringComparison.OrdinalIgnoreCase) || IsOnTicks(call));
}
