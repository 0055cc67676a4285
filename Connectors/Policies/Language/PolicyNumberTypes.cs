namespace FlowEngine.Connectors;

/// <summary>Which number type an expression has by itself, as far as C#'s own rules tell it without its values; null where they don't.</summary>
/// <param name="variable">The type of a variable.</param>
internal sealed class PolicyNumberTypes(Func<string, string?> variable)
{
    private static readonly string[] Whole = ["char", "int", "uint", "long", "ulong"];

    // C# 7.3, implicit numeric conversions.
    private static readonly Dictionary<string, string[]> Widened = new(StringComparer.Ordinal)
    {
        ["char"] = ["int", "uint", "long", "ulong", "double", "decimal"],
        ["int"] = ["long", "double", "decimal"],
        ["uint"] = ["long", "ulong", "double", "decimal"],
        ["long"] = ["double", "decimal"],
        ["ulong"] = ["double", "decimal"],
    };

    private static readonly Dictionary<string, string> Members = new(StringComparer.Ordinal)
    {
        ["Length"] = "int",
        ["Count"] = "int",
        ["IndexOf"] = "int",
        ["LastIndexOf"] = "int",
        ["StatusCode"] = "int",
        ["TotalDays"] = "double",
        ["TotalHours"] = "double",
        ["TotalMinutes"] = "double",
        ["TotalSeconds"] = "double",
        ["TotalMilliseconds"] = "double",
    };

    private static readonly Dictionary<string, string> Conversions = new(StringComparer.Ordinal) { ["ToInt32"] = "int", ["ToInt64"] = "long", ["ToDouble"] = "double", ["ToDecimal"] = "decimal" };

    /// <summary>The number type that a declaration names; null where it names none.</summary>
    public static string? Named(string? type) => type is null ? null : PolicyTypeNames.Canonical(type) switch
    {
        "float" => "double", // Of floating numbers there is one kind here.
        "int" or "uint" or "long" or "ulong" or "double" or "decimal" => PolicyTypeNames.Canonical(type),
        _ => null,
    };

    /// <summary>The type of a value; null where it is no number. A scalar of JSON is none.</summary>
    public static string? OfValue(object? value) => value switch { char => "char", int => "int", uint => "uint", long => "long", ulong => "ulong", double => "double", decimal => "decimal", _ => null };

    /// <summary>Whether C# makes one out of the other without being told.</summary>
    public static bool Widens(string from, string to) => from == to || (Widened.TryGetValue(from, out var wider) && wider.Contains(to));

    /// <summary>Whether it is a type of whole numbers.</summary>
    public static bool IsWhole(string type) => Whole.Contains(type);

    /// <summary>What both branches of <c>? :</c> become; null where neither becomes the other.</summary>
    public string? Common(PolicyNode then, PolicyNode otherwise)
    {
        if (Of(then) is not { } a || Of(otherwise) is not { } b || a == b) return null;
        if (Widens(a, b) || IsConstantFor(then, b)) return b;
        return Widens(b, a) || IsConstantFor(otherwise, a) ? a : null;
    }

    public string? Of(PolicyNode node) => node switch
    {
        LiteralNode literal => OfValue(literal.Value),
        NameNode name => variable(name.Name),
        CastNode cast => cast.Type == "char" ? "char" : Named(cast.Type),
        UnaryNode { Sign: "-" or "+" or "~" } unary => (Of(unary.Operand), unary.Sign) switch { ("char", _) => "int", ("uint", "-") => "long", var (type, _) => type },
        BinaryNode { Sign: "+" or "-" or "*" or "/" or "%" or "&" or "|" or "^" } binary => Promoted(Of(binary.Left), Of(binary.Right)),
        BinaryNode { Sign: "<<" or ">>" } shift => Of(shift.Left) is { } type && IsWhole(type) ? type == "char" ? "int" : type : null,
        ConditionalNode choice => Of(choice.Then) is { } type && type == Of(choice.Else) ? type : null,
        StepNode step => variable(step.Variable.Name),
        AssignNode { Target: NameNode name } => variable(name.Name),
        CallNode call => Of(call.Target),
        StaticNode { Type: "Convert" } member => Conversions.GetValueOrDefault(member.Name),
        StaticNode { Type: "Math", Name: "Floor" or "Ceiling" or "Truncate" or "Round" or "Pow" or "Sqrt" or "PI" } => "double",
        StaticNode { Name: "Parse" or "MinValue" or "MaxValue" } member => Named(member.Type),
        MemberNode { IsConditional: false } member => Members.GetValueOrDefault(member.Name),
        _ => null,
    };

    private static bool IsConstantFor(PolicyNode node, string type) => node is LiteralNode { Value: int and >= 0 } && type is "uint" or "ulong";

    // C# 7.3, binary numeric promotions.
    private static string? Promoted(string? a, string? b)
    {
        if (a is null || b is null) return null;
        (a, b) = (a == "char" ? "int" : a, b == "char" ? "int" : b);
        if (a == b) return a;
        if (a == "decimal" || b == "decimal") return a == "double" || b == "double" ? null : "decimal";
        if (a == "double" || b == "double") return "double";
        return a == "ulong" || b == "ulong" ? a == "uint" || b == "uint" ? "ulong" : null : "long";
    }
}
