namespace FlowEngine.Definitions;

/// <summary>An action and where it stands.</summary>
/// <param name="Action">The action.</param>
/// <param name="Parent">The name of the action around it; null at the top level.</param>
/// <param name="Label">The branch of that action; null where it has one only.</param>
internal sealed record PlacedAction(ActionDefinition Action, string? Parent, string? Label)
{
    /// <summary>How people name the place: <c>Try</c>, <c>Check/else</c>; null at the top level.</summary>
    public string? Container => Label is null ? Parent : $"{Parent}/{Label}";

    /// <summary>The names of the actions in it, in all its branches.</summary>
    public IEnumerable<string> Children => Action.Branches.SelectMany(branch => branch.Actions).Select(action => action.Name);

    /// <summary>All actions of a definition, each behind the one around it.</summary>
    public static IReadOnlyList<PlacedAction> All(WorkflowDefinition definition)
    {
        var all = new List<PlacedAction>();
        Add(definition.Root, null, null, all);
        return all;
    }

    /// <summary>What the action says itself, without the actions in it: <c>type</c> in canonical spelling, the statuses of <c>runAfter</c> in one order.</summary>
    /// <param name="renamed">New names of the actions that <c>runAfter</c> names, by their old ones.</param>
    public FlowValue Own(IReadOnlyDictionary<string, string> renamed)
    {
        var own = new FlowObjectBuilder();
        foreach (var (name, value) in Action.Raw.AsObjectOrNull ?? FlowObject.Empty)
        {
            if (Is(name, "runAfter") || (Action.Branches.Count > 0 && (Is(name, "actions") || Is(name, "else") || Is(name, "default")))) continue;
            own.Set(name, Is(name, "type") ? FlowValue.String(Action.Type) : Is(name, "cases") && Action.Branches.Count > 0 ? Cases(value) : value);
        }

        if (Action.RunAfter.Count == 0) return own.ToValue();
        var after = new FlowObjectBuilder();
        foreach (var entry in Action.RunAfter) after.Set(renamed.GetValueOrDefault(entry.Action, entry.Action), FlowValue.Array([.. entry.Written.Order(StringComparer.Ordinal).Select(FlowValue.String)]));
        return own.Set("runAfter", after.ToValue()).ToValue();
    }

    private static void Add(BranchDefinition branch, string? parent, string? label, List<PlacedAction> all)
    {
        foreach (var action in branch.Actions)
        {
            all.Add(new PlacedAction(action, parent, label));
            foreach (var nested in action.Branches) Add(nested, action.Name, action.Branches.Count == 1 ? null : nested.Label, all);
        }
    }

    private static FlowValue Cases(FlowValue cases)
    {
        var values = new FlowObjectBuilder();
        foreach (var (name, entry) in cases.AsObjectOrNull ?? FlowObject.Empty) values.Set(name, FlowValue.Object(new FlowObjectBuilder().Add("case", entry["case"]).ToObject()));
        return values.ToValue();
    }

    private static bool Is(string name, string member) => name.Equals(member, StringComparison.OrdinalIgnoreCase);
}
