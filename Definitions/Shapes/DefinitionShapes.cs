namespace FlowEngine.Definitions;

/// <summary>The shapes that are read, told apart by content and never by the file's name.</summary>
internal static class DefinitionShapes
{
    /// <summary>All shapes, in the order in which they are tried.</summary>
    public static IReadOnlyList<IDefinitionShape> All { get; } = [new ArmTemplateShape(), new ResourceShape(), new WorkflowFileShape(), new BareShape(), new FragmentShape(), new EmbeddedShape()];

    /// <summary>The definitions of a file; none where the file is no kind of file that is known.</summary>
    public static IReadOnlyList<FoundDefinition> Find(FlowValue root)
    {
        foreach (var shape in All)
        {
            if (shape.Find(root) is { Count: > 0 } found) return WithNames(found);
        }

        return [];
    }

    // Several workflows may have one name, or none that is known: a number tells them apart.
    private static IReadOnlyList<FoundDefinition> WithNames(IReadOnlyList<FoundDefinition> found)
    {
        if (found.Count == 1) return found;
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return [.. found.Select(one =>
        {
            var wanted = one.Name ?? "workflow";
            var name = wanted;
            for (var number = 2; !taken.Add(name); number++) name = $"{wanted} ({number})";
            return one with { Name = name };
        })];
    }

    /// <summary>Whether a value is a definition: by its <c>$schema</c>, or by triggers and actions with types.</summary>
    /// <remarks>A nested action has <c>actions</c> too, and <c>type</c> besides.</remarks>
    public static bool IsDefinition(FlowValue value)
    {
        if (!value.IsObject || value["type"].IsString) return false;
        if (NamesWorkflowSchema(value["$schema"])) return value.TryGetMember("actions", out _) || value.TryGetMember("triggers", out _);
        var actions = value["actions"].AsObjectOrNull;
        var triggers = value["triggers"].AsObjectOrNull;
        return actions is not null && (triggers is null || triggers.Count == 0 ? HaveTypes(actions) : HaveTypes(triggers));
    }

    /// <summary>Whether a definition is Power Automate's: its flows declare <c>$authentication</c> and call connectors by operation id.</summary>
    public static bool SpeaksPowerAutomate(FlowValue definition) =>
        definition["parameters"].TryGetMember("$authentication", out _) || AnyTypeStartsWith(definition["triggers"], "OpenApiConnection")
        || AnyTypeStartsWith(definition["actions"], "OpenApiConnection");

    /// <summary>Values by name of <c>{"NAME": {"value": …}}</c>.</summary>
    public static IReadOnlyDictionary<string, FlowValue> ReadParameterValues(FlowValue parameters)
    {
        var values = new Dictionary<string, FlowValue>(StringComparer.OrdinalIgnoreCase);
        if (parameters.AsObjectOrNull is not { } members) return values;
        for (var i = 0; i < members.Count; i++)
        {
            if (members.Values[i].TryGetMember("value", out var value)) values[members.Names[i]] = value;
        }

        return values;
    }

    private static bool NamesWorkflowSchema(FlowValue schema) =>
        schema.AsStringOrNull is { } text
        && (text.Contains("workflowdefinition", StringComparison.OrdinalIgnoreCase) || text.Contains("Microsoft.Logic", StringComparison.OrdinalIgnoreCase));

    private static bool HaveTypes(FlowObject members)
    {
        foreach (var value in members.Values)
        {
            if (!value["type"].IsString) return false;
        }

        return true;
    }

    private static bool AnyTypeStartsWith(FlowValue members, string prefix)
    {
        if (members.AsObjectOrNull is not { } entries) return false;
        foreach (var value in entries.Values)
        {
            if (value["type"].AsStringOrNull is { } type && type.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }
}
