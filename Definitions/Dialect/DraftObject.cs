namespace FlowEngine.Definitions;

/// <summary>An object of a definition that is being rewritten: its members remember where they stand in the file.</summary>
/// <remarks>What nobody changes keeps its value, so that a draft of a definition costs what is looked into.</remarks>
internal sealed class DraftObject
{
    private readonly List<DraftMember> _members;
    private readonly FlowObject? _source;
    private bool _isChanged;

    /// <summary>A draft of an object that stands at a pointer.</summary>
    public DraftObject(FlowObject source, string origin)
    {
        _source = source;
        Origin = origin;
        _members = new List<DraftMember>(source.Count);
        for (var i = 0; i < source.Count; i++) _members.Add(new DraftMember(source.Names[i], source.Values[i], JsonPointer.Append(origin, source.Names[i])));
    }

    /// <summary>An empty object, which stands for what is written at a pointer.</summary>
    public DraftObject(string origin)
    {
        Origin = origin;
        _members = [];
        _isChanged = true;
    }

    /// <summary>JSON Pointer of what the object was made of.</summary>
    public string Origin { get; }

    /// <summary>Whether it stands nowhere in the file.</summary>
    public bool IsNew => _source is null;

    /// <summary>The members in order.</summary>
    public IReadOnlyList<DraftMember> Members => _members;

    /// <summary>A member by name: exactly, then ignoring case; null where there is none.</summary>
    public DraftMember? Find(string name) =>
        _members.Find(member => member.Name == name) ?? _members.Find(member => member.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The value of a member; null where there is none.</summary>
    public FlowValue this[string name] => Find(name) is { } member ? member.Value : default;

    /// <summary>A member that is an object, as a draft; null where it is none.</summary>
    public DraftObject? Open(string name) => Find(name)?.Open();

    /// <summary>Takes a member out; null where there is none.</summary>
    public DraftMember? Take(string name)
    {
        if (Find(name) is not { } member) return null;
        _members.Remove(member);
        _isChanged = true;
        return member;
    }

    /// <summary>Adds a member, or gives it another value in its place.</summary>
    public void Set(string name, FlowValue value)
    {
        var at = Find(name) is { } member ? _members.IndexOf(member) : -1;
        var replacement = new DraftMember(at < 0 ? name : _members[at].Name, value, at < 0 ? JsonPointer.Append(Origin, name) : _members[at].Origin);
        if (at < 0) _members.Add(replacement);
        else _members[at] = replacement;
        _isChanged = true;
    }

    /// <summary>Adds what was taken elsewhere, under a name that is new here.</summary>
    public void Put(string name, DraftMember taken)
    {
        _members.Add(taken.Named(name));
        _isChanged = true;
    }

    /// <summary>Adds an object under a name that is new here.</summary>
    public void Put(string name, DraftObject value)
    {
        _members.Add(new DraftMember(name, value));
        _isChanged = true;
    }

    /// <summary>Has a member that is there already stand for a draft of it.</summary>
    public void Attach(string name, DraftObject draft)
    {
        _members[_members.FindIndex(member => member.Name == name)] = new DraftMember(name, draft);
        _isChanged = true;
    }

    /// <summary>The object as it is now.</summary>
    public FlowValue ToValue()
    {
        if (_source is not null && !_isChanged && !_members.Exists(member => member.IsOpen)) return FlowValue.Object(_source);
        var built = new FlowObjectBuilder(_members.Count);
        foreach (var member in _members) built.Add(member.Name, member.Value);
        return built.ToValue();
    }

    /// <summary>Adds to a table where the members stand in the file whose place is not that of their name.</summary>
    public void CollectMoved(string pointer, Dictionary<string, string> moved)
    {
        foreach (var member in _members)
        {
            var at = JsonPointer.Append(pointer, member.Name);
            if (member.Origin != JsonPointer.Append(Origin, member.Name)) moved[at] = member.Origin;
            member.CollectMoved(at, moved);
        }
    }
}
