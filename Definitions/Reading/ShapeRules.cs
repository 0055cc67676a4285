namespace FlowEngine.Definitions;

/// <summary>Members of the definition that must be objects.</summary>
internal static class ShapeRules
{
    /// <summary>A member that is an object.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Value">The object.</param>
    /// <param name="Pointer">JSON Pointer of it.</param>
    public sealed record Member(string Name, FlowValue Value, string Pointer);

    /// <summary>The members of the object <paramref name="name"/> of <paramref name="owner"/> that are objects themselves; all else is reported.</summary>
    public static IReadOnlyList<Member> Members(FlowValue owner, string name, string pointer, DiagnosticBag faults)
    {
        if (!owner.TryGetMember(name, out var value) || value.IsNull) return [];
        var at = JsonPointer.Append(pointer, name);
        if (value.AsObjectOrNull is not { } members)
        {
            faults.Error(DiagnosticCodes.WrongShape, $"'{name}' must be an object, but is of type '{value.Kind}'.", at, "InvalidTemplate");
            return [];
        }

        var found = new List<Member>(members.Count);
        for (var i = 0; i < members.Count; i++)
        {
            var memberAt = JsonPointer.Append(at, members.Names[i]);
            if (members.Values[i].IsObject) found.Add(new Member(members.Names[i], members.Values[i], memberAt));
            else faults.Error(DiagnosticCodes.WrongShape, $"'{members.Names[i]}' in '{name}' must be an object, but is of type '{members.Values[i].Kind}'.", memberAt, "InvalidTemplate");
        }

        return found;
    }
}
