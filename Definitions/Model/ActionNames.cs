namespace FlowEngine.Definitions;

/// <summary>Action names of one map or of a whole flow, found as the service finds them.</summary>
/// <remarks>Ignoring case, then with blanks and underscores exchanged: the designer writes <c>_</c> for each blank, people don't always.</remarks>
internal sealed class ActionNames(IReadOnlyCollection<string> names)
{
    // Made when they are asked for: nearly every name is written as its key is.
    private Dictionary<string, string>? _byName;
    private Dictionary<string, string>? _byFoldedName;

    /// <summary>The key that a name means; null where there is none.</summary>
    public string? Find(string name)
    {
        _byName ??= Index(names, static key => key);
        if (_byName.TryGetValue(name, out var exact)) return exact;
        _byFoldedName ??= Index(names, Fold);
        return _byFoldedName.GetValueOrDefault(Fold(name));
    }

    private static Dictionary<string, string> Index(IReadOnlyCollection<string> names, Func<string, string> key)
    {
        var index = new Dictionary<string, string>(names.Count, StringComparer.OrdinalIgnoreCase);
        foreach (var name in names) index.TryAdd(key(name), name);
        return index;
    }

    /// <summary>What names have in common that the service takes for one.</summary>
    public static string Fold(string name) => name.Replace(' ', '_');
}
