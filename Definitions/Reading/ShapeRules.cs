namespace FlowEngine.Definitions;

/// <summary>Members of the definition that must be objects.</summary>
internal static class ShapeRules
{
    /// <summary>A member that is an object.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Value">The object.</param>
    /// <param name="Pointer">JSON Pointer of it.</param>
    public readonly record struct Member(string Name, FlowValue Value, string Pointer);

    /// <summary>The members of the object <paramref name="name"/> of <paramref name="owner"/> that are objects themselves; all else is reported.</summary>
    public static Member[] Members(FlowValue owner, string name, string pointer, DiagnosticBag faults)
    {
        var at = new PointerSteps(new PointerSteps(null, pointer), name);
        var members = ObjectAt(owner, name, at, faults);
        var found = new Member[members.Count];
        var count = 0;
        for (var i = 0; i < members.Count; i++)
        {
            if (members.Values[i].IsObject) found[count++] = new Member(members.Names[i], members.Values[i], JsonPointer.Append(at.ToString(), members.Names[i]));
        }

        return count == found.Length ? found : found[..count];
    }

    /// <summary>The object <paramref name="name"/> of <paramref name="owner"/>, empty where there is none; what is no object in it is reported, and still there.</summary>
    public static FlowObject ObjectAt(FlowValue owner, string name, PointerSteps at, DiagnosticBag faults)
    {
        if (!owner.TryGetMember(name, out var value) || value.IsNull) return FlowObject.Empty;
        if (value.AsObjectOrNull is not { } members)
        {
            faults.Error(DiagnosticCodes.WrongShape, $"'{name}' must be an object, but is of type '{value.Kind}'.", at.ToString(), "InvalidTemplate");
            return FlowObject.Empty;
        }

        for (var i = 0; i < members.Count; i++)
        {
            if (members.Values[i].IsObject) continue;
            faults.Error(DiagnosticCodes.WrongShape, $"'{members.Names[i]}' in '{name}' must be an object, but is of type '{members.Values[i].Kind}'.", JsonPointer.Append(at.ToString(), members.Names[i]), "InvalidTemplate");
        }

        return members;
    }
}
