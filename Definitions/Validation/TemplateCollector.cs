using System.Globalization;
using FlowEngine.Expressions;

namespace FlowEngine.Definitions;

/// <summary>Finds every template text of a definition.</summary>
internal sealed class TemplateCollector(TemplateTextCache texts)
{
    // Nested actions are visited for themselves; names, types and metadata are no templates; a description is read as one.
    public static IReadOnlySet<string> NoTemplates { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        "actions", "else", "cases", "default", "tools", "runAfter", "type", "kind", "metadata", "operationOptions", "description",
    };

    private readonly List<TemplateUse> _uses = [];

    /// <summary>All texts that hold an expression, in document order of their owners.</summary>
    public static IReadOnlyList<TemplateUse> Collect(WorkflowDefinition definition, FlowIndex index, TemplateTextCache texts)
    {
        var collector = new TemplateCollector(texts);
        collector.Description(null, definition.Raw, definition.Path, TemplateRole.Description);
        foreach (var trigger in definition.Triggers) collector.Trigger(trigger);
        foreach (var node in index.All) collector.Action(node);
        foreach (var output in definition.Outputs)
        {
            collector.Walk(null, "value", output.Value, output.Path, "value", TemplateRole.Output, names: true);
        }

        return collector._uses;
    }

    private void Trigger(TriggerDefinition trigger)
    {
        Description(null, trigger.Raw, trigger.Path, TemplateRole.Description);
        foreach (var (name, value) in trigger.Raw.AsObjectOrNull ?? FlowObject.Empty)
        {
            if (NoTemplates.Contains(name) || name.Equals("evaluatedRecurrence", StringComparison.OrdinalIgnoreCase)) continue;
            var pointer = JsonPointer.Append(trigger.Path, name);
            if (!name.Equals("inputs", StringComparison.OrdinalIgnoreCase) || value.AsObjectOrNull is not { } inputs)
            {
                Walk(null, name, value, trigger.Path, name, TemplateRole.Trigger, names: true);
                continue;
            }

            // The schema of a trigger describes what callers send; it is data.
            foreach (var (member, inner) in inputs)
            {
                if (!member.Equals("schema", StringComparison.OrdinalIgnoreCase)) Walk(null, name, inner, pointer, member, TemplateRole.Trigger, names: true);
            }
        }
    }

    private void Action(ActionNode node)
    {
        var action = node.Action;
        Description(node, action.Raw, action.Path, TemplateRole.Description);
        var members = action.Raw.AsObjectOrNull ?? FlowObject.Empty;
        for (var i = 0; i < members.Count; i++)
        {
            var name = members.Names[i];
            if (NoTemplates.Contains(name)) continue;
            var role = name.Equals("expression", StringComparison.OrdinalIgnoreCase) ? TemplateRole.Condition
                : name.Equals("foreach", StringComparison.OrdinalIgnoreCase) ? TemplateRole.Foreach
                : name.Equals("trackedProperties", StringComparison.OrdinalIgnoreCase) ? TemplateRole.TrackedProperties
                : TemplateRole.Action;
            Walk(node, name, members.Values[i], action.Path, name, role, names: role != TemplateRole.Condition);
        }
    }

    private void Description(ActionNode? node, FlowValue owner, string pointer, TemplateRole role)
    {
        if (owner["description"].AsStringOrNull is { } text) Add(node, "description", text, pointer, "description", false, role);
    }

    // Pointers become text only where something is below them or a template is found: most strings are no templates.
    private void Walk(ActionNode? node, string member, FlowValue value, string pointer, string name, TemplateRole role, bool names)
    {
        if (value.AsStringOrNull is { } text)
        {
            Add(node, member, text, pointer, name, false, role);
        }
        else if (value.AsArrayOrNull is { Count: > 0 } array)
        {
            var at = JsonPointer.Append(pointer, name);
            for (var i = 0; i < array.Count; i++) Walk(node, member, array[i], at, i.ToString(CultureInfo.InvariantCulture), role, names);
        }
        else if (value.AsObjectOrNull is { Count: > 0 } o)
        {
            var at = JsonPointer.Append(pointer, name);
            for (var i = 0; i < o.Count; i++)
            {
                if (names) Add(node, member, o.Names[i], at, o.Names[i], true, role);
                Walk(node, member, o.Values[i], at, o.Names[i], role, names);
            }
        }
    }

    private void Add(ActionNode? node, string member, string text, string pointer, string name, bool inName, TemplateRole role)
    {
        if (!text.Contains('@', StringComparison.Ordinal)) return;
        var template = texts.Get(text);
        if (template.Kind != TemplateKind.Literal) _uses.Add(new TemplateUse(node, member, template, pointer, name, inName, role));
    }
}
