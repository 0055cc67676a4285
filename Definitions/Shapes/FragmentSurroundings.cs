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

        foreach (var (name, action) in actions) built.Set(name, After(action, last, actions));
        return built.ToObject();
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
        if (owner["else"].IsObject) CollectNested(owner["else"], present, declared);
        if (owner["default"].IsObject) CollectNested(owner["default"], present, declared);
        foreach (var (_, one) in owner["cases"].AsObjectOrNull ?? FlowObject.Empty) CollectNested(one, present, declared);
    }

    private static void Walk(FlowValue value, Dictionary<string, FlowValue> wanted, HashSet<string> declared)
    {
        if (value.AsArrayOrNull is { } array)
        {
            foreach (var item in array) Walk(item, wanted, declared);
        }
        else if (value.AsObjectOrNull is { } members)
        {
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

    private static string? WrittenType(string? type) => type?.ToLowerInvariant() switch
    {
        "appendtoarrayvariable" => "array",
        "incrementvariable" or "decrementvariable" => "integer",
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
