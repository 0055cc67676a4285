using System.Globalization;
using FlowEngine.Expressions;
using JsonPointer = FlowEngine.Definitions.JsonPointer;

namespace FlowEngine.Testing;

/// <summary>Changes in templates: constants, and in expressions functions and literals.</summary>
internal sealed class TemplateMutants(TemplateTextCache texts, List<FlowMutant> mutants)
{
    // Who is asked and as whom, and how values are described: a change there is one of the test's surroundings.
    private static readonly HashSet<string> Passed = new(StringComparer.OrdinalIgnoreCase) { "schema", "host", "authentication", "metadata", "serviceProviderConfiguration" };

    private static readonly Dictionary<string, string> Swaps = new(StringComparer.OrdinalIgnoreCase)
    {
        ["greater"] = "greaterOrEquals",
        ["greaterOrEquals"] = "greater",
        ["less"] = "lessOrEquals",
        ["lessOrEquals"] = "less",
        ["and"] = "or",
        ["or"] = "and",
        ["add"] = "sub",
        ["sub"] = "add",
        ["min"] = "max",
        ["max"] = "min",
        ["first"] = "last",
        ["last"] = "first",
    };

    private static readonly HashSet<string> Negated = new(StringComparer.OrdinalIgnoreCase) { "equals", "contains", "startsWith", "endsWith", "empty" };

    // Their first argument is the name of something in the definition.
    private static readonly HashSet<string> References = new(StringComparer.OrdinalIgnoreCase)
    {
        "body", "outputs", "actions", "actionBody", "actionOutputs", "variables", "parameters", "items", "result", "iterationIndexes", "appsetting", "formDataValue", "formDataMultiValues",
    };

    /// <summary>The condition of an If or Until: an expression, or objects of function names and arguments.</summary>
    public void Condition(string action, FlowValue condition, string at)
    {
        if (condition.AsObjectOrNull is not { Count: 1 } o)
        {
            var before = mutants.Count;
            Value(action, condition, at);

            // An expression without a comparison of its own: the other answer.
            if (mutants.Count == before && condition.AsStringOrNull is { } text && texts.Get(text) is { Expression: { } expression } template)
                mutants.Add(new FlowMutant($"condition of '{action}': not", at, FlowValue.String($"@not({Piece(template.Text, expression.Span)})")));
            return;
        }

        var (name, arguments) = (o.Names[0], o.Values[0]);
        if (Swaps.TryGetValue(name, out var other)) mutants.Add(new FlowMutant($"condition of '{action}': {other} in place of {name}", at, FlowValue.Object((other, arguments))));
        else if (name.Equals("not", StringComparison.OrdinalIgnoreCase)) mutants.Add(new FlowMutant($"condition of '{action}': not taken out", at, arguments.AsArrayOrNull is { Count: 1 } one ? one[0] : arguments));
        else mutants.Add(new FlowMutant($"condition of '{action}': not {name}", at, FlowValue.Object(("not", condition))));
        var inner = JsonPointer.Append(at, name);
        if (arguments.AsArrayOrNull is not { } list)
        {
            Argument(action, arguments, inner);
            return;
        }

        for (var i = 0; i < list.Count; i++) Argument(action, list[i], JsonPointer.Append(inner, i));
    }

    /// <summary>A template: its constants, and what is in its expressions.</summary>
    public void Value(string action, FlowValue value, string at)
    {
        if (value.AsArrayOrNull is { } list)
        {
            for (var i = 0; i < list.Count; i++) Value(action, list[i], JsonPointer.Append(at, i));
        }
        else if (value.AsObjectOrNull is { } o)
        {
            foreach (var (name, member) in o)
            {
                if (!Passed.Contains(name)) Value(action, member, JsonPointer.Append(at, name));
            }
        }
        else if (value.AsStringOrNull is { } text && texts.Get(text) is { Kind: not TemplateKind.Literal } template)
        {
            Expressions(action, template, at);
        }
        else if (Changed(value) is { } changed)
        {
            mutants.Add(new FlowMutant($"constant of '{action}': {Short(changed)} in place of {Short(value)}", at, changed));
        }
    }

    private void Argument(string action, FlowValue argument, string at)
    {
        if (argument.IsObject) Condition(action, argument, at);
        else Value(action, argument, at);
    }

    private void Expressions(string action, TemplateText template, string at)
    {
        if (template.Error is not null) return;
        IEnumerable<SyntaxNode> roots = template.Expression is { } expression ? [expression] : template.Parts.Select(part => part.Expression).OfType<SyntaxNode>();
        foreach (var root in roots) Node(action, template, root, at);
    }

    private void Node(string action, TemplateText template, SyntaxNode node, string at)
    {
        void Add(string words, TextSpan span, string replacement) => mutants.Add(
            new FlowMutant($"expression of '{action}': {words}", at, FlowValue.String(template.Text[..span.Start] + replacement + template.Text[span.End..])) { Span = span });

        switch (node)
        {
            case LiteralSyntax literal when Changed(literal.Value) is { } changed:
                Add($"{Short(changed)} in place of {Short(literal.Value)}", literal.Span, Written(changed));
                return;
            case MemberSyntax member:
                Node(action, template, member.Target, at);
                if (member.Name is null) Node(action, template, member.Index, at);
                return;
            case CallSyntax call:
                Call(template, call, Add);
                for (var i = 0; i < call.Arguments.Count; i++)
                {
                    if (i > 0 || !References.Contains(call.Name)) Node(action, template, call.Arguments[i], at);
                }

                return;
        }
    }

    private static void Call(TemplateText template, CallSyntax call, Action<string, TextSpan, string> add)
    {
        var written = Piece(template.Text, call.Span);
        if (Swaps.TryGetValue(call.Name, out var other)) add($"{other} in place of {call.Name}", call.NameSpan, other);
        else if (Negated.Contains(call.Name)) add($"not {call.Name}", call.Span, $"not({written})");
        else if (call.Name.Equals("not", StringComparison.OrdinalIgnoreCase) && call.Arguments.Count == 1) add("not taken out", call.Span, Piece(template.Text, call.Arguments[0].Span));
        else if (call.Name.Equals("if", StringComparison.OrdinalIgnoreCase) && call.Arguments.Count == 3)
            add("the sides of if exchanged", call.Span, $"if({Argument(template, call, 0)}, {Argument(template, call, 2)}, {Argument(template, call, 1)})");
        else if (call.Name.Equals("coalesce", StringComparison.OrdinalIgnoreCase) && call.Arguments.Count > 1)
            add("the first argument of coalesce taken out", call.Span, $"coalesce({string.Join(", ", call.Arguments.Skip(1).Select(argument => Piece(template.Text, argument.Span)))})");
    }

    private static string Argument(TemplateText template, CallSyntax call, int index) => Piece(template.Text, call.Arguments[index].Span);

    private static FlowValue? Changed(FlowValue constant) => constant.Kind switch
    {
        FlowValueKind.String => FlowValue.String(constant.AsString + "~"),
        FlowValueKind.Boolean => FlowValue.Boolean(!constant.AsBoolean),
        FlowValueKind.Integer when constant.AsInteger < long.MaxValue => FlowValue.Integer(constant.AsInteger + 1),
        FlowValueKind.Float => FlowValue.Float(constant.AsDouble + 1),
        _ => (FlowValue?)null,
    };

    private static string Written(FlowValue literal) => literal.AsStringOrNull is { } text ? $"'{text.Replace("'", "''", StringComparison.Ordinal)}'" : literal.ToJson();

    private static string Piece(string text, TextSpan span) => text.Substring(span.Start, span.Length);

    private static string Short(FlowValue value)
    {
        const int longest = 40;
        var json = value.ToJson();
        return json.Length <= longest ? json : string.Create(CultureInfo.InvariantCulture, $"{json[..(longest / 2)]}…{json[^(longest / 2)..]}");
    }
}
