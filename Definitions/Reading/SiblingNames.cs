namespace FlowEngine.Definitions;

/// <summary>The names of the actions in one map, found as <see cref="ActionNames"/> finds them.</summary>
/// <remarks>Most maps have a handful, which are looked through where they are: lists and an index of each were 110 bytes an action (<c>load.actions-1000</c>).</remarks>
/// <param name="actions">The map; what is no object in it is no action.</param>
internal sealed class SiblingNames(FlowObject actions)
{
    private const int Few = 8;

    private ActionNames? _many;

    /// <summary>The key that a name means; null where there is none.</summary>
    public string? Find(string name)
    {
        if (actions.Count > Few) return (_many ??= new ActionNames([.. Keys()])).Find(name);
        return Find(name, static (key, sought) => key.Equals(sought, StringComparison.OrdinalIgnoreCase))
            ?? Find(name, static (key, sought) => ActionNames.Fold(key).Equals(ActionNames.Fold(sought), StringComparison.OrdinalIgnoreCase));
    }

    private string? Find(string name, Func<string, string, bool> isSought)
    {
        for (var i = 0; i < actions.Count; i++)
        {
            if (actions.Values[i].IsObject && isSought(actions.Names[i], name)) return actions.Names[i];
        }

        return null;
    }

    private IEnumerable<string> Keys()
    {
        for (var i = 0; i < actions.Count; i++)
        {
            if (actions.Values[i].IsObject) yield return actions.Names[i];
        }
    }
}
