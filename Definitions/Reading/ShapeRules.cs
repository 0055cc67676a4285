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
    public static Member[] Members(FlowValue owner, string name, string pointer, DiagnosticBag faults) => MembersAt(JsonPointer.Append(pointer, name), owner, name, faults);

    /// <summary>The same, where the pointer of the object is known.</summary>
    public static Member[] MembersAt(string at, FlowValue owner, string name, DiagnosticBag faults)
    {
        if (!owner.TryGetMember(name, out var value) || value.IsNull) return [];
        if (value.AsObjectOrNull is not { } members)
        {
            faults.Error(DiagnosticCodes.WrongShape, $"'{name}' must be an object, but is of type '{value.Kind}'.", at, "InvalidTemplate");
            return [];
        }

        var found = new Member[members.Count];
        var count = 0;
        for (var i = 0; i < members.Count; i++)
        {
            var memberAt = JsonPointer.Append(at, members.Names[i]);
            if (members.Values[i].IsObject) found[count++] = new Member(members.Names[i], members.Values[i], memberAt);
            else faults.Error(DiagnosticCodes.WrongShape, $"'{members.Names[i]}' in '{name}' must be an object, but is of type '{members.Values[i].Kind}'.", memberAt, "InvalidTemplate");
        }

        return count == found.Length ? found : found[..count];
    }
}
