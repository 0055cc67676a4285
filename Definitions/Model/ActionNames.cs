namespace FlowEngine.Definitions;

/// <summary>Action names of one map or of a whole flow, found as the service finds them.</summary>
/// <remarks>Ignoring case, then with blanks and underscores exchanged: the designer writes <c>_</c> for each blank, people don't always.</remarks>
internal sealed class ActionNames(IReadOnlyCollection<string> names)
{
    private const int Few = 8;

    // Made when they are asked for: nearly every name is written as its key is.
    private Dictionary<string, string>? _byName;
    private Dictionary<string, string>? _byFoldedName;

    /// <summary>The key that a name means; null where there is none.</summary>
    public string? Find(string name)
    {
        if (names is string[] { Length: <= Few } few) return Find(name, few);
        _byName ??= Index(names, static key => key);
        if (_byName.TryGetValue(name, out var exact)) return exact;
        _byFoldedName ??= Index(names, Fold);
        return _byFoldedName.GetValueOrDefault(Fold(name));
    }

    // Most maps have a handful of names; an index of each was 50 bytes an action (load.actions-1000).
    private static string? Find(string name, string[] few)
    {
        foreach (var key in few)
        {
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase)) return key;
        }

        var folded = Fold(name);
        foreach (var key in few)
        {
            if (Fold(key).Equals(folded, StringComparison.OrdinalIgnoreCase)) return key;
        }

        return null;
    }

    private static Dictionary<string, string> Index(IReadOnlyCollection<string> names, Func<string, string> key)
    {
        var index = new Dictionary<string, string>(names.Count, StringComparer.OrdinalIgnoreCase);
        foreach (var name in names) index.TryAdd(key(name), name);
        return index;
    }

    private static string Fold(string name) => name.Replace(' ', '_');
}
