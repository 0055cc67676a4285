namespace FlowEngine.Definitions;

/// <summary>R10: connection references, named values and actions in one entry: a Scope, whose references are the workflow's.</summary>
internal static class CredentialGroups
{
    private const string References = "connectionReferences";
    private const string Values = "environmentVariables";

    private static readonly string[] OfTheScope = ["runAfter", "runtimeConfiguration", "limit", "description"];

    /// <summary>Whether an entry without a type is such a group.</summary>
    public static bool Is(DraftObject entry) =>
        entry.Find(References) is not null || entry.Find(Values) is not null
        || entry.Members.Any(member => member.Value is { IsObject: true } value && value["type"].IsString && value.TryGetMember("inputs", out _));

    /// <summary>Makes the group a Scope.</summary>
    public static void Rewrite(string name, DraftObject entry, DialectContext context)
    {
        context.Report(
            DiagnosticCodes.DialectCredentials,
            $"The entry '{name}' groups connection references, values and actions; it is taken for a Scope.",
            "Write a Scope with the values as a Compose, and the references beside the definition.",
            FaultPlace.Name(entry.Origin),
            name);
        if (entry.Take(References) is { } references) Add(references, name, context);
        var actions = entry.Take("actions")?.Open() ?? new DraftObject(entry.Origin);
        if (entry.Take(Values) is { } values)
        {
            var compose = new DraftObject(values.Origin);
            compose.Set("type", FlowValue.String("Compose"));
            compose.Put("inputs", values);
            actions.Put(values.Name, compose);
        }

        foreach (var member in entry.Members.ToArray())
        {
            if (!member.Value.IsObject || OfTheScope.Contains(member.Name, StringComparer.OrdinalIgnoreCase)) continue;
            entry.Take(member.Name);
            actions.Put(member.Name, member);
        }

        entry.Set("type", FlowValue.String(ContainerTypes.Scope));
        entry.Put("actions", actions);
    }

    private static void Add(DraftMember references, string name, DialectContext context)
    {
        if (references.Value.AsObjectOrNull is not { } members)
        {
            context.Conflict($"'{References}' must be an object, but is of type '{references.Value.Kind}'.", references.Origin, name);
            return;
        }

        var merged = (context.ConnectionReferences.AsObjectOrNull ?? FlowObject.Empty).ToBuilder();
        foreach (var (reference, value) in members)
        {
            if (context.ConnectionReferences.TryGetMember(reference, out var other) && !other.Equals(value))
                context.Conflict($"The connection reference '{reference}' is given twice, and not the same.", FaultPlace.Name(JsonPointer.Append(references.Origin, reference)), name);
            else merged.Replace(reference, value);
        }

        context.ConnectionReferences = merged.ToValue();
    }
}
