namespace FlowEngine.Definitions;

/// <summary>Names of members that the rules about actions look for.</summary>
[Flags]
internal enum MemberNames
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary><c>inputs</c>.</summary>
    Inputs = 1,

    /// <summary><c>runAfter</c>.</summary>
    RunAfter = 1 << 1,

    /// <summary>One that holds actions, or branches that do: <c>actions</c>, <c>else</c>, <c>cases</c>, <c>default</c>, <c>tools</c>.</summary>
    Branches = 1 << 2,

    /// <summary><c>expression</c>.</summary>
    Expression = 1 << 3,

    /// <summary><c>description</c>.</summary>
    Description = 1 << 4,

    /// <summary><c>limit</c>.</summary>
    Limit = 1 << 5,

    /// <summary><c>operationOptions</c>.</summary>
    OperationOptions = 1 << 6,

    /// <summary><c>runtimeConfiguration</c>.</summary>
    RuntimeConfiguration = 1 << 7,

    /// <summary><c>trackedProperties</c>.</summary>
    TrackedProperties = 1 << 8,

    /// <summary><c>retryPolicy</c>.</summary>
    RetryPolicy = 1 << 9,

    /// <summary><c>authentication</c>.</summary>
    Authentication = 1 << 10,

    /// <summary>One of the calls of a webhook: <c>subscribe</c>, <c>unsubscribe</c>.</summary>
    Webhook = 1 << 11,

    /// <summary>One that may be a template: it has an <c>@</c>.</summary>
    Template = 1 << 12,
}

/// <summary>Finds <see cref="MemberNames"/>.</summary>
/// <remarks>
/// Objects of one shape are looked at once: what each of 20 rules and stages looked up in each action took 0.3 of 5.5 ms (<c>load.actions-1000</c>).
/// A name may be there in another case beside it; who asks for a member looks it up himself.
/// </remarks>
internal static class MemberName
{
    private const int IsKnown = 1 << 30;

    /// <summary>Those of an object; none where the value is no object.</summary>
    public static MemberNames In(FlowValue value) => value.AsObjectOrNull is { } members ? In(members) : MemberNames.None;

    /// <summary>Those of an object.</summary>
    public static MemberNames In(FlowObject members)
    {
        var shape = members.Shape;
        if (shape.Findings == 0) shape.Findings = IsKnown | (int)Find(shape.Names);
        return (MemberNames)(shape.Findings & ~IsKnown);
    }

    private static MemberNames Find(ReadOnlySpan<string> names)
    {
        var found = MemberNames.None;
        foreach (var name in names)
        {
            found |= Of(name);
            if (name.Contains('@', StringComparison.Ordinal)) found |= MemberNames.Template;
        }

        return found;
    }

    // The lengths tell most names apart.
    private static MemberNames Of(string name) => name.Length switch
    {
        4 when Is(name, "else") => MemberNames.Branches,
        5 when Is(name, "limit") => MemberNames.Limit,
        5 when Is(name, "cases") || Is(name, "tools") => MemberNames.Branches,
        6 when Is(name, "inputs") => MemberNames.Inputs,
        7 when Is(name, "actions") || Is(name, "default") => MemberNames.Branches,
        8 when Is(name, "runAfter") => MemberNames.RunAfter,
        9 when Is(name, "subscribe") => MemberNames.Webhook,
        10 when Is(name, "expression") => MemberNames.Expression,
        11 when Is(name, "description") => MemberNames.Description,
        11 when Is(name, "retryPolicy") => MemberNames.RetryPolicy,
        11 when Is(name, "unsubscribe") => MemberNames.Webhook,
        14 when Is(name, "authentication") => MemberNames.Authentication,
        16 when Is(name, "operationOptions") => MemberNames.OperationOptions,
        17 when Is(name, "trackedProperties") => MemberNames.TrackedProperties,
        20 when Is(name, "runtimeConfiguration") => MemberNames.RuntimeConfiguration,
        _ => MemberNames.None,
    };

    private static bool Is(string name, string member) => name.Equals(member, StringComparison.OrdinalIgnoreCase);
}
