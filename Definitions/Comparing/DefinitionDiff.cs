namespace FlowEngine.Definitions;

/// <summary>Compares two definitions by what they mean: order of members and actions, spacing, blanks in expressions and the spelling of types are no difference.</summary>
public static class DefinitionDiff
{
    // Members of a definition that are compared part by part.
    private static readonly string[] Parts = ["triggers", "actions", "parameters", "outputs", "staticResults"];

    /// <summary>The differences: those of the definition itself, then parameters, connections, triggers, actions, outputs, static results. Values of secure parameters show as <c>*sanitized*</c>.</summary>
    /// <exception cref="ArgumentException">A document has no definition.</exception>
    public static IReadOnlyList<DefinitionChange> Compare(WorkflowDocument before, WorkflowDocument after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var first = before.Definition ?? throw new ArgumentException("The document has no definition.", nameof(before));
        var second = after.Definition ?? throw new ArgumentException("The document has no definition.", nameof(after));
        var actions = PlacedAction.All(first);
        var others = PlacedAction.All(second);
        var renamed = RenamedActions.Find(actions, others);
        var comparison = new ValueComparison(new TemplateMeaning(renamed));
        var changes = new List<DefinitionChange>();
        if (comparison.Compare(Rest(first), Rest(second)) is { Count: > 0 } members) changes.Add(new DefinitionChange(ChangeKind.Changed, "definition", string.Empty) { Members = members });
        AddParts("parameter", first.Raw["parameters"], second.Raw["parameters"], name => IsSecure(name, first, second), comparison, changes);
        AddParts("parameterValue", Values(before), Values(after), name => IsSecure(name, first, second), comparison, changes);
        AddParts("connectionReference", before.ConnectionReferences, after.ConnectionReferences, _ => false, comparison, changes);
        AddTriggers(first, second, comparison, changes);
        AddActions(actions, others, renamed, comparison, changes);
        AddParts("output", first.Raw["outputs"], second.Raw["outputs"], _ => false, comparison, changes);
        AddParts("staticResult", first.Raw["staticResults"], second.Raw["staticResults"], _ => false, comparison, changes);
        return changes;
    }

    private static FlowValue Rest(WorkflowDefinition definition)
    {
        var rest = new FlowObjectBuilder();
        if (definition.Kind is { } kind) rest.Set("kind", FlowValue.String(kind));
        foreach (var (name, value) in definition.Raw.AsObjectOrNull ?? FlowObject.Empty)
        {
            if (!Parts.Contains(name, StringComparer.OrdinalIgnoreCase)) rest.Set(name, value);
        }

        return rest.ToValue();
    }

    private static FlowValue Values(WorkflowDocument document)
    {
        var values = new FlowObjectBuilder();
        foreach (var (name, value) in document.ParameterValues) values.Set(name, value);
        return values.ToValue();
    }

    private static bool IsSecure(string name, params ReadOnlySpan<WorkflowDefinition> definitions)
    {
        foreach (var definition in definitions)
        {
            if (definition.Parameters.Any(parameter => parameter.IsSecure && parameter.Name.Equals(name, StringComparison.OrdinalIgnoreCase))) return true;
        }

        return false;
    }

    private static void AddParts(string subject, FlowValue before, FlowValue after, Func<string, bool> isSecure, ValueComparison comparison, List<DefinitionChange> changes)
    {
        var first = before.AsObjectOrNull ?? FlowObject.Empty;
        var second = after.AsObjectOrNull ?? FlowObject.Empty;
        foreach (var (name, value) in first)
        {
            if (!second.TryGet(name, out var other)) changes.Add(new DefinitionChange(ChangeKind.Removed, subject, name));
            else if (comparison.Compare(value, other) is { Count: > 0 } members) changes.Add(new DefinitionChange(ChangeKind.Changed, subject, name) { Members = isSecure(name) ? [.. members.Select(Masked)] : members });
        }

        foreach (var (name, _) in second)
        {
            if (!first.Contains(name)) changes.Add(new DefinitionChange(ChangeKind.Added, subject, name));
        }
    }

    private static MemberChange Masked(MemberChange change)
    {
        var hidden = FlowValue.String("*sanitized*");
        return change.Path.Equals("/type", StringComparison.OrdinalIgnoreCase) ? change : change with { Before = change.HasBefore ? hidden : default, After = change.HasAfter ? hidden : default };
    }

    private static void AddTriggers(WorkflowDefinition before, WorkflowDefinition after, ValueComparison comparison, List<DefinitionChange> changes)
    {
        if (before.Triggers is [var only] && after.Triggers is [var other] && !only.Name.Equals(other.Name, StringComparison.OrdinalIgnoreCase) && comparison.Compare(Own(only), Own(other)).Count == 0)
        {
            changes.Add(new DefinitionChange(ChangeKind.Renamed, "trigger", other.Name) { Type = other.Type, From = only.Name });
            return;
        }

        foreach (var trigger in before.Triggers)
        {
            if (after.Triggers.FirstOrDefault(same => same.Name.Equals(trigger.Name, StringComparison.OrdinalIgnoreCase)) is not { } match) changes.Add(new DefinitionChange(ChangeKind.Removed, "trigger", trigger.Name) { Type = trigger.Type });
            else if (comparison.Compare(Own(trigger), Own(match)) is { Count: > 0 } members) changes.Add(new DefinitionChange(ChangeKind.Changed, "trigger", match.Name) { Type = match.Type, Members = members });
        }

        foreach (var trigger in after.Triggers.Where(trigger => !before.Triggers.Any(same => same.Name.Equals(trigger.Name, StringComparison.OrdinalIgnoreCase))))
            changes.Add(new DefinitionChange(ChangeKind.Added, "trigger", trigger.Name) { Type = trigger.Type });

        static FlowValue Own(TriggerDefinition trigger) => trigger.Raw.AsObject.ToBuilder().Set("type", FlowValue.String(trigger.Type)).ToValue();
    }

    private static void AddActions(IReadOnlyList<PlacedAction> before, IReadOnlyList<PlacedAction> after, Dictionary<string, string> renamed, ValueComparison comparison, List<DefinitionChange> changes)
    {
        var found = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var byName = after.GroupBy(action => action.Action.Name, StringComparer.OrdinalIgnoreCase).ToDictionary(group => group.Key, group => group.First(), StringComparer.OrdinalIgnoreCase);
        var none = new Dictionary<string, string>();
        foreach (var one in before)
        {
            if (!byName.TryGetValue(renamed.GetValueOrDefault(one.Action.Name, one.Action.Name), out var other))
            {
                changes.Add(new DefinitionChange(ChangeKind.Removed, "action", one.Action.Name) { Type = one.Action.Type, Container = one.Container });
                continue;
            }

            found.Add(other.Action.Name);
            var name = other.Action.Name;
            if (renamed.ContainsKey(one.Action.Name)) changes.Add(new DefinitionChange(ChangeKind.Renamed, "action", name) { Type = other.Action.Type, From = one.Action.Name, Container = other.Container });
            var members = comparison.Compare(one.Own(renamed), other.Own(none));
            var parent = one.Parent is null ? null : renamed.GetValueOrDefault(one.Parent, one.Parent);
            if (!string.Equals(parent, other.Parent, StringComparison.OrdinalIgnoreCase) || one.Label != other.Label)
                changes.Add(new DefinitionChange(ChangeKind.Moved, "action", name) { Type = other.Action.Type, From = one.Container, Container = other.Container, Members = members });
            else if (members.Count > 0)
                changes.Add(new DefinitionChange(ChangeKind.Changed, "action", name) { Type = other.Action.Type, Container = other.Container, Members = members });
        }

        foreach (var added in after.Where(action => !found.Contains(action.Action.Name)))
            changes.Add(new DefinitionChange(ChangeKind.Added, "action", added.Action.Name) { Type = added.Action.Type, Container = added.Container });
    }
}
