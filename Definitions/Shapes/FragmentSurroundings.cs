using FlowEngine.Expressions;

namespace FlowEngine.Definitions;

/// <summary>What a fragment needs of the flow it was cut out of: the actions and variables that its expressions name.</summary>
/// <remarks>
/// Such an action becomes one of the type <c>OutsideFragment</c>, which nothing runs: a mock by its name gives its results. A variable
/// becomes one with the type that the fragment's own writes ask for, a string where there are none.
/// </remarks>
internal static class FragmentSurroundings
{
    /// <summary>The type of the actions that stand for those outside.</summary>
    public const string OutsideType = "OutsideFragment";

    // Where actions are nested besides 'actions'; 'do', 'condition' and 'inputs' in the tutorial's forms.
    private static readonly string[] Branches = ["else", "default", "do", "condition", "inputs"];
    private static readonly string[] BranchLists = ["cases", "branches", "tools"];

    private static readonly string[] ActionFunctions = ["actions", "actionBody", "actionOutputs", "body", "outputs", "result"];

    /// <summary>The actions with those around them that they need, in front; siblings that are not there are taken out of <c>runAfter</c>.</summary>
    public static FlowObject Complete(FlowObject actions)
    {
        var present = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var wanted = new Dictionary<string, FlowValue>(StringComparer.OrdinalIgnoreCase);
        var declared = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        CollectNames(actions, present, declared);
        Walk(FlowValue.Object(actions), wanted, declared);
        var built = new FlowObjectBuilder();
        string? last = null;
        foreach (var (key, action) in wanted)
        {
            var name = key[(key.IndexOf(':', StringComparison.Ordinal) + 1)..];
            if (key.StartsWith("action:", StringComparison.Ordinal) && present.Contains(name)) continue;
            var entry = key.StartsWith("action:", StringComparison.Ordinal) ? name : "Variable " + name;
            built.Set(entry, After(action, last));
            last = entry;
        }

        var owners = Owners(actions);
        foreach (var (name, action) in actions) built.Set(name, WaitsForSibling(name, action, owners) ? action : After(action, last, actions));
        return built.ToObject();
    }

    // In which of the fragment's own actions each action stands.
    private static Dictionary<string, string> Owners(FlowObject actions)
    {
        var owners = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, action) in actions)
        {
            var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { name };
            CollectNested(action, names, []);
            foreach (var one in names) owners.TryAdd(one, name);
        }

        return owners;
    }

    // Without a runAfter the data decides (R1), and says what else the action waits for.
    private static bool WaitsForSibling(string name, FlowValue action, Dictionary<string, string> owners)
    {
        if (action.TryGetMember("runAfter", out _)) return false;
        var used = new Dictionary<string, FlowValue>(StringComparer.OrdinalIgnoreCase);
        Walk(action, used, []);
        return used.Keys.Any(key => key.StartsWith("action:", StringComparison.Ordinal) && owners.TryGetValue(key["action:".Length..], out var owner) && owner != name);
    }

    private static void CollectNames(FlowObject actions, HashSet<string> present, HashSet<string> declared)
    {
        foreach (var (name, action) in actions)
        {
            present.Add(name);
            foreach (var variable in action["inputs"]["variables"].AsArrayOrNull ?? FlowArray.Empty)
            {
                if (variable["name"].AsStringOrNull is { } declaredName) declared.Add(declaredName);
            }

            CollectNested(action, present, declared);
        }
    }

    private static void CollectNested(FlowValue owner, HashSet<string> present, HashSet<string> declared)
    {
        if (owner["actions"].AsObjectOrNull is { } nested) CollectNames(nested, present, declared);
        foreach (var branch in Branches)
        {
            if (owner[branch].IsObject) CollectNested(owner[branch], present, declared);
        }

        foreach (var list in BranchLists)
        {
            foreach (var (_, one) in owner[list].AsObjectOrNull ?? FlowObject.Empty) CollectNested(one, present, declared);
        }

        // R10: a group has its actions as members.
        if (UntypedEntries.Is(owner) && owner.AsObjectOrNull is { } group) CollectNames(Group(group), present, declared);
    }

    private static FlowObject Group(FlowObject group)
    {
        var actions = new FlowObjectBuilder();
        foreach (var (name, member) in group)
        {
            if (ActionEntries.IsTyped(member) || name.Equals("environmentVariables", StringComparison.OrdinalIgnoreCase)) actions.Set(name, member);
        }

        return actions.ToObject();
    }

    private static void Walk(FlowValue value, Dictionary<string, FlowValue> wanted, HashSet<string> declared)
    {
        if (value.AsArrayOrNull is { } array)
        {
            foreach (var item in array) Walk(item, wanted, declared);
        }
        else if (value.AsObjectOrNull is { } members)
        {
            if (IsCompose(value))
            {
                WalkCompose(members, wanted, declared);
                return;
            }

            if (WrittenType(value["type"].AsStringOrNull) is { } type && value["inputs"]["name"].AsStringOrNull is { } written) WantVariable(written, type, wanted, declared);
            foreach (var member in members.Values) Walk(member, wanted, declared);
        }
        else if (value.AsStringOrNull is { } text && text.Contains('@', StringComparison.Ordinal))
        {
            foreach (var call in TemplateText.Parse(text).Calls())
            {
                if (call.LiteralText(0) is not { Length: > 0 } name) continue;
                if (call.Name.Equals("variables", StringComparison.OrdinalIgnoreCase)) WantVariable(name, "string", wanted, declared);
                else if (ActionFunctions.Contains(call.Name, StringComparer.OrdinalIgnoreCase)) wanted.TryAdd("action:" + name, FlowValue.Object(("type", FlowValue.String(OutsideType))));
            }
        }
    }

    private static bool IsCompose(FlowValue value) => value["type"].AsStringOrNull is { } type && type.Equals("Compose", StringComparison.OrdinalIgnoreCase) && value["inputs"].IsObject;

    // R9: a member that stands above may be what a variable of its name means.
    private static void WalkCompose(FlowObject compose, Dictionary<string, FlowValue> wanted, HashSet<string> declared)
    {
        foreach (var (name, member) in compose)
        {
            if (!name.Equals("inputs", StringComparison.OrdinalIgnoreCase)) Walk(member, wanted, declared);
        }

        var above = new HashSet<string>(declared, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, member) in compose["inputs"].AsObject)
        {
            Walk(member, wanted, above);
            above.Add(name);
        }
    }

    private static string? WrittenType(string? type) => type?.Replace("_", string.Empty, StringComparison.Ordinal).Replace(" ", string.Empty, StringComparison.Ordinal).ToLowerInvariant() switch
    {
        "appendtoarrayvariable" => "array",
        "incrementvariable" or "decrementvariable" or "increment" or "decrement" => "integer",
        "setvariable" or "appendtostringvariable" => "string",
        _ => null,
    };

    private static void WantVariable(string name, string type, Dictionary<string, FlowValue> wanted, HashSet<string> declared)
    {
        if (declared.Contains(name)) return;
        var key = "variable:" + name;
        if (wanted.ContainsKey(key) && type == "string") return;
        wanted[key] = FlowValue.Object(
            ("type", FlowValue.String("InitializeVariable")),
            ("inputs", FlowValue.Object(("variables", FlowValue.Array(FlowValue.Object(("name", FlowValue.String(name)), ("type", FlowValue.String(type))))))));
    }

    private static FlowValue After(FlowValue action, string? last, FlowObject? siblings = null)
    {
        var built = action.AsObject.ToBuilder();
        var kept = new FlowObjectBuilder();
        foreach (var (name, statuses) in action["runAfter"].AsObjectOrNull ?? FlowObject.Empty)
        {
            if (siblings?.Contains(name) == true) kept.Set(name, statuses);
        }

        if (kept.Count == 0 && last is not null) kept.Set(last, FlowValue.Array(FlowValue.String("Succeeded")));
        built.Set("runAfter", kept.ToValue());
        return built.ToValue();
    }
}
