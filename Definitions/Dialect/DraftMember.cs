namespace FlowEngine.Definitions;

/// <summary>A member of a <see cref="DraftObject"/>.</summary>
internal sealed class DraftMember
{
    private readonly FlowValue _value;
    private DraftObject? _open;

    public DraftMember(string name, FlowValue value, string origin)
    {
        Name = name;
        Origin = origin;
        _value = value;
    }

    public DraftMember(string name, DraftObject value)
    {
        Name = name;
        Origin = value.Origin;
        _open = value;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>JSON Pointer of where it is written.</summary>
    public string Origin { get; }

    /// <summary>Whether it was looked into.</summary>
    public bool IsOpen => _open is not null;

    /// <summary>Its value as a draft where it was looked into; else null.</summary>
    public DraftObject? Opened => _open;

    /// <summary>Its value as it is now.</summary>
    public FlowValue Value => _open is null ? _value : _open.ToValue();

    /// <summary>Its value as a draft; null where it is no object.</summary>
    public DraftObject? Open()
    {
        if (_open is null && _value.AsObjectOrNull is { } members) _open = new DraftObject(members, Origin);
        return _open;
    }

    /// <summary>The same under another name.</summary>
    public DraftMember Named(string name) => new(name, _value, Origin) { _open = _open };

    /// <summary>See <see cref="DraftObject.CollectMoved"/>.</summary>
    public void CollectMoved(string pointer, Dictionary<string, string> moved) => _open?.CollectMoved(pointer, moved);
}
