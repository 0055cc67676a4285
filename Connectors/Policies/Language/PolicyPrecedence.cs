namespace FlowEngine.Connectors;

/// <summary>Which operators of two values bind how tightly, the loosest first (C# 7.3, operator precedence).</summary>
internal static class PolicyPrecedence
{
    /// <summary>The level of comparisons, where <c>is</c> and <c>as</c> stand too.</summary>
    public const int Relational = 6;

    private static readonly string[][] Signs =
    [
        ["||"], ["&&"], ["|"], ["^"], ["&"], ["==", "!="], ["<", ">", "<=", ">="], ["<<", ">>"], ["+", "-"], ["*", "/", "%"],
    ];

    private static readonly HashSet<string> Assignments = new(StringComparer.Ordinal) { "=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>=", "??=" };

    /// <summary>How many levels there are.</summary>
    public static int Levels => Signs.Length;

    public static bool Assigns(string sign) => Assignments.Contains(sign);

    /// <summary>The operator of that level that comes next; null where none does. <c>&gt;&gt;</c> is two tokens: within type arguments each of them closes one list.</summary>
    public static string? OperatorAt(PolicyTokens tokens, int level)
    {
        if (tokens.Next.Kind != PolicyTokenKind.Sign) return null;
        var sign = tokens.Next.Is(">") && tokens.Peek.Is(">") && tokens.Peek.Start == tokens.Next.End ? ">>" : tokens.Next.Text;
        return Signs[level].Contains(sign) ? sign : null;
    }
}
