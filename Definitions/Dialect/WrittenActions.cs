namespace FlowEngine.Definitions;

/// <summary>The actions of a definition that is not read yet: by name, with what stands around them.</summary>
internal sealed class WrittenActions
{
    private readonly Dictionary<string, Entry> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Entry> _initialisers = new(StringComparer.OrdinalIgnoreCase);
    private readonly FlowObject _triggers;
    private readonly ActionNames _names;

    public WrittenActions(FlowValue definition)
    {
        _triggers = definition["triggers"].AsObjectOrNull ?? FlowObject.Empty;
        Add(definition["actions"].AsObjectOrNull ?? FlowObject.Empty, null);
        _names = new ActionNames(_byName.Keys);
    }

    /// <summary>An action: its name, the container around it, the map in which it stands.</summary>
    public sealed record Entry(string Name, Entry? Parent, FlowObject Siblings);

    /// <summary>The action that a name means, as the validator finds it.</summary>
    public Entry? Find(string name) => _names.Find(name) is { } key ? _byName[key] : null;

    /// <summary>The action of the top level that initialises a variable; null where there is none.</summary>
    public Entry? FindInitialiser(string variable) => _initialisers.GetValueOrDefault(variable);

    /// <summary>Whether a name is a trigger's.</summary>
    public bool IsTrigger(string name) => _triggers.Contains(name);

    private void Add(FlowObject actions, Entry? parent)
    {
        foreach (var (name, action) in actions)
        {
            if (!action.IsObject) continue;
            var entry = new Entry(name, parent, actions);
            _byName.TryAdd(name, entry);
            if (parent is null && string.Equals(action["type"].AsStringOrNull, "InitializeVariable", StringComparison.OrdinalIgnoreCase)) AddVariables(action, entry);
            foreach (var (_, nested) in NestedActions.Of(action)) Add(nested, entry);
        }
    }

    private void AddVariables(FlowValue action, Entry entry)
    {
        foreach (var variable in action["inputs"]["variables"].AsArrayOrNull ?? FlowArray.Empty)
        {
            if (variable["name"].AsStringOrNull is { } name) _initialisers.TryAdd(name, entry);
        }
    }
}
