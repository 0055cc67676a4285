namespace FlowEngine.Definitions;

/// <summary>In which members of an action, besides <c>actions</c>, other actions are nested.</summary>
internal static class NestedActions
{
    private static readonly string[] Own = ["actions"];
    private static readonly string[] OfIf = ["else"];
    private static readonly string[] OfSwitch = ["default"];

    /// <summary>Members that are one branch.</summary>
    public static string[] Branches(FlowValue type) => Canonical(type) switch
    {
        ContainerTypes.If => OfIf,
        ContainerTypes.Switch => OfSwitch,
        _ => [],
    };

    /// <summary>The member that holds branches by name; null where the type has none. Agents keep their actions in tools.</summary>
    public static string? BranchList(FlowValue type) => Canonical(type) switch
    {
        ContainerTypes.Switch => "cases",
        ContainerTypes.Scope or ContainerTypes.Foreach or ContainerTypes.Until or ContainerTypes.If => null,
        _ => "tools",
    };

    /// <summary>The <c>actions</c> maps of an action, each with the names that lead to it.</summary>
    public static IEnumerable<(string[] Path, FlowObject Actions)> Of(FlowValue action) => MayNest(action) ? Find(action) : [];

    // Most actions hold no others, and each of several passes asks.
    private static bool MayNest(FlowValue action) =>
        action["actions"].IsObject || (Canonical(action["type"]) is not (ContainerTypes.If or ContainerTypes.Switch) ? action["tools"].IsObject : action.IsObject);

    private static IEnumerable<(string[] Path, FlowObject Actions)> Find(FlowValue action)
    {
        if (action["actions"].AsObjectOrNull is { } own) yield return (Own, own);
        var type = action["type"];
        foreach (var name in Branches(type))
        {
            if (action[name]["actions"].AsObjectOrNull is { } branch) yield return ([name, "actions"], branch);
        }

        if (BranchList(type) is not { } list || action[list].AsObjectOrNull is not { } branches) yield break;
        foreach (var (name, one) in branches)
        {
            if (one["actions"].AsObjectOrNull is { } branch) yield return ([list, name, "actions"], branch);
        }
    }

    private static string Canonical(FlowValue type) => ContainerTypes.Canonical(type.AsStringOrNull ?? string.Empty);
}
