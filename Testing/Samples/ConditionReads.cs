using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine.Testing;

/// <summary>What conditions compare values with: with such a value they are true.</summary>
internal static class ConditionReads
{
    private static readonly HashSet<string> Comparing = new(StringComparer.OrdinalIgnoreCase)
    {
        "equals", "greater", "greaterOrEquals", "less", "lessOrEquals", "contains", "startsWith", "endsWith",
    };

    /// <summary>The condition of an If or Until: text, or an object of operators.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="node">The action that has it.</param>
    /// <param name="reads">Where notes are taken.</param>
    /// <param name="isWanted">Whether the flow goes on where it is true; else it ends there.</param>
    public static void Read(FlowValue condition, ActionNode node, DataReads reads, bool isWanted = true)
    {
        if (condition.AsObjectOrNull is not { } operators)
        {
            foreach (var part in condition.AsArrayOrNull ?? FlowArray.Empty) Read(part, node, reads, isWanted);
            return;
        }

        foreach (var (name, operands) in operators)
        {
            if (Comparing.Contains(name) && operands.AsArrayOrNull is { Count: 2 } pair)
            {
                var (left, right) = (reads.Resolve(pair[0], node), reads.Resolve(pair[1], node));
                if (right.Count == 0 && IsLiteral(pair[1])) Compare(name, left, pair[1], isWanted);
                else if (left.Count == 0 && IsLiteral(pair[0])) Compare(Mirrored(name), right, pair[0], isWanted);
                else if (IsOrder(name)) TakeNumbers(left, right, [pair[0], pair[1]]);
            }
            else if (name.Equals("empty", StringComparison.OrdinalIgnoreCase))
            {
                foreach (var origin in reads.Resolve(operands.AsArrayOrNull is { Count: 1 } one ? one[0] : operands, node)) origin.Shape?.AskForNothing();
            }
            else
            {
                Read(operands, node, reads, isWanted != name.Equals("not", StringComparison.OrdinalIgnoreCase));
            }
        }
    }

    /// <summary>A call within an expression.</summary>
    public static void Compare(CallSyntax call, IReadOnlyList<IReadOnlyList<DataOrigin>> arguments)
    {
        if (call.Name.Equals("empty", StringComparison.OrdinalIgnoreCase))
        {
            foreach (var origin in arguments.SelectMany(list => list)) origin.Shape?.AskForNothing();
            return;
        }

        if (arguments.Count != 2 || !Comparing.Contains(call.Name)) return;
        if (call.Arguments[1] is LiteralSyntax right) Compare(call.Name, arguments[0], right.Value);
        else if (call.Arguments[0] is LiteralSyntax left) Compare(Mirrored(call.Name), arguments[1], left.Value);
    }

    /// <summary>Takes note of the value that makes a comparison with a literal true.</summary>
    public static void Compare(string function, IReadOnlyList<DataOrigin> origins, FlowValue literal, bool isWanted = true)
    {
        var wanted = function.ToUpperInvariant() switch
        {
            "GREATER" when literal.IsInteger => literal.AsInteger + 1,
            "LESS" when literal.IsInteger => literal.AsInteger - 1,
            _ => literal,
        };
        var isPart = function.Equals("contains", StringComparison.OrdinalIgnoreCase);
        foreach (var origin in origins)
        {
            if (origin.Shape is not { } shape) continue;
            if (!isWanted) shape.Shun(wanted);
            else if (isPart && (shape.Items is not null || shape.Use == DataUse.List)) shape.Item().Choose(wanted);
            else shape.Choose(wanted);
        }
    }

    private static bool IsOrder(string name) => name.StartsWith("greater", StringComparison.OrdinalIgnoreCase) || name.StartsWith("less", StringComparison.OrdinalIgnoreCase);

    // Two values that are not known are compared as times where one is made by a function of time, else as numbers.
    private static void TakeNumbers(IReadOnlyList<DataOrigin> left, IReadOnlyList<DataOrigin> right, FlowValue[] written)
    {
        var isTime = written.Any(text => text.AsStringOrNull is { } t && (t.Contains("utcNow", StringComparison.OrdinalIgnoreCase) || t.Contains("addDays", StringComparison.OrdinalIgnoreCase) || t.Contains("formatDateTime", StringComparison.OrdinalIgnoreCase)));
        DataReads.TakeFor(left.Concat(right), isTime ? DataUse.Date : DataUse.Number);
    }

    private static bool IsLiteral(FlowValue value) => value.AsStringOrNull is not { } text || !text.Contains('@', StringComparison.Ordinal);

    private static string Mirrored(string name) => name.ToUpperInvariant() switch
    {
        "GREATER" => "less",
        "GREATEROREQUALS" => "lessOrEquals",
        "LESS" => "greater",
        "LESSOREQUALS" => "greaterOrEquals",
        "CONTAINS" or "STARTSWITH" or "ENDSWITH" => "none",
        _ => name,
    };
}
