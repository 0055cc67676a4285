using FlowEngine.Expressions;

namespace FlowEngine.Definitions;

/// <summary>Which results and variables an action's own properties use, without the actions nested in it.</summary>
internal sealed class ResultUses(TemplateTextCache templates)
{
    private readonly List<ResultUse> _uses = [];

    /// <summary>The uses, in the order of the text.</summary>
    public static List<ResultUse> Of(FlowValue action, TemplateTextCache templates)
    {
        var collector = new ResultUses(templates);
        foreach (var (name, value) in action.AsObject)
        {
            if (TemplateCollector.IsTemplate(name)) collector.Walk(value);
        }

        if (action["type"].AsStringOrNull?.EndsWith("Variable", StringComparison.OrdinalIgnoreCase) == true && action["inputs"]["name"].AsStringOrNull is { } written && !written.StartsWith('@'))
            collector._uses.Add(new ResultUse(written, ResultUseKind.Variable, false));
        return collector._uses;
    }

    private void Walk(FlowValue value)
    {
        if (value.AsStringOrNull is { } text)
        {
            Read(text);
        }
        else if (value.AsArrayOrNull is { } array)
        {
            foreach (var item in array) Walk(item);
        }
        else if (value.AsObjectOrNull is { } members)
        {
            for (var i = 0; i < members.Count; i++)
            {
                Read(members.Names[i]);
                Walk(members.Values[i]);
            }
        }
    }

    private void Read(string text)
    {
        if (!text.Contains('@', StringComparison.Ordinal)) return;
        foreach (var expression in templates.Get(text).Expressions) Visit(expression, null, false);
    }

    private void Visit(SyntaxNode node, MemberSyntax? step, bool isCoalesced)
    {
        switch (node)
        {
            case CallSyntax call:
                if (call.LiteralText(0) is { } name) Add(call.Name, name, step, isCoalesced);
                var inside = isCoalesced || call.Name.Equals("coalesce", StringComparison.OrdinalIgnoreCase);
                foreach (var argument in call.Arguments) Visit(argument, null, inside);
                break;
            case MemberSyntax member:
                Visit(member.Target, member, isCoalesced);
                if (member.Name is null) Visit(member.Index, null, isCoalesced);
                break;
        }
    }

    private void Add(string function, string name, MemberSyntax? step, bool isCoalesced)
    {
        if (function.Equals("variables", StringComparison.OrdinalIgnoreCase)) _uses.Add(new ResultUse(name, ResultUseKind.Variable, false));
        if (CallKind.Of(function) != CallKinds.Results) return;
        var asksHow = function.ToUpperInvariant() switch
        {
            "ACTIONS" or "RESULT" => true,
            "OUTPUTS" or "ACTIONOUTPUTS" => string.Equals(step?.Name, "statusCode", StringComparison.OrdinalIgnoreCase),
            _ => false,
        };
        var kind = asksHow ? ResultUseKind.Aware : isCoalesced || step is { IsOptional: true } ? ResultUseKind.Guarded : ResultUseKind.Plain;
        _uses.Add(new ResultUse(name, kind, false));
    }
}
