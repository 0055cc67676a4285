namespace FlowEngine.Definitions;

/// <summary>Action names of one map or of a whole flow, found as the service finds them.</summary>
/// <remarks>Ignoring case, then with blanks and underscores exchanged: the designer writes <c>_</c> for each blank, people don't always.</remarks>
internal sealed class ActionNames
{
    private readonly Dictionary<string, string> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _byFoldedName = new(StringComparer.OrdinalIgnoreCase);

    public ActionNames(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            _byName.TryAdd(name, name);
            _byFoldedName.TryAdd(Fold(name), name);
        }
    }

    /// <summary>The names in the spelling of their keys.</summary>
    public IEnumerable<string> All => _byName.Values;

    /// <summary>The key that a name means; null where there is none.</summary>
    public string? Find(string name) => _byName.TryGetValue(name, out var exact) ? exact : _byFoldedName.GetValueOrDefault(Fold(name));

    private static string Fold(string name) => name.Replace(' ', '_');
}
