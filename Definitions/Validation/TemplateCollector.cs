using System.Collections.Immutable;
using System.Globalization;
using FlowEngine.Expressions;

namespace FlowEngine.Definitions;

/// <summary>Finds every template text of a definition.</summary>
internal sealed class TemplateCollector
{
    private readonly TemplateTextCache _texts;
    private readonly ImmutableArray<TemplateUse>.Builder _uses;
    private readonly PointerTrail _trail = new();

    // What the walk is in.
    private ActionNode? _node;
    private string _member = string.Empty;
    private TemplateRole _role;

    private TemplateCollector(TemplateTextCache texts, int count)
    {
        _texts = texts;
        _uses = ImmutableArray.CreateBuilder<TemplateUse>(count);
    }

    /// <summary>All texts that hold an expression, in document order of their owners.</summary>
    public static ImmutableArray<TemplateUse> Collect(WorkflowDefinition definition, FlowIndex index, TemplateTextCache texts)
    {
        // Most actions have one or two.
        var collector = new TemplateCollector(texts, 2 * index.All.Length);
        collector.Description(null, definition.Raw, definition.Path);
        foreach (var trigger in definition.Triggers) collector.Visit(trigger);
        foreach (var node in index.All) collector.Visit(node);
        foreach (var output in definition.Outputs)
        {
            collector.In(null, "value", TemplateRole.Output, output.Path);
            collector.Walk(output.Value, "value", 0);
        }

        return collector._uses.DrainToImmutable();
    }

    /// <summary>Whether a member of an action or a trigger is a template.</summary>
    /// <remarks>Nested actions are visited for themselves; names, types and metadata are no templates; a description is read as one, with a role of its own.</remarks>
    public static bool IsTemplate(string member) => member.Length switch
    {
        4 => !(Is(member, "type") || Is(member, "kind") || Is(member, "else")),
        5 => !(Is(member, "cases") || Is(member, "tools")),
        7 => !(Is(member, "actions") || Is(member, "default")),
        8 => !(Is(member, "runAfter") || Is(member, "metadata")),
        11 => !Is(member, "description"),
        16 => !Is(member, "operationOptions"),
        _ => true,
    };

    private static bool Is(string member, string name) => member.Equals(name, StringComparison.OrdinalIgnoreCase);

    private void Visit(TriggerDefinition trigger)
    {
        Description(null, trigger.Raw, trigger.Path);
        foreach (var (name, value) in trigger.Raw.AsObjectOrNull ?? FlowObject.Empty)
        {
            if (!IsTemplate(name) || Is(name, "evaluatedRecurrence")) continue;
            In(null, name, TemplateRole.Trigger, trigger.Path);
            if (!Is(name, "inputs") || value.AsObjectOrNull is not { } inputs)
            {
                Walk(value, name, 0);
                continue;
            }

            // The schema of a trigger describes what callers send; it is data.
            _trail.Enter(name);
            foreach (var (member, inner) in inputs)
            {
                if (!Is(member, "schema")) Walk(inner, member, 0);
            }
        }
    }

    private void Visit(ActionNode node)
    {
        if (node.Has(MemberNames.Description)) Description(node, node.Action.Raw, null);
        var members = node.Action.Raw.AsObjectOrNull ?? FlowObject.Empty;
        for (var i = 0; i < members.Count; i++)
        {
            var name = members.Names[i];
            if (!IsTemplate(name)) continue;
            var role = Is(name, "expression") ? TemplateRole.Condition
                : Is(name, "foreach") ? TemplateRole.Foreach
                : Is(name, "trackedProperties") ? TemplateRole.TrackedProperties
                : TemplateRole.Action;
            In(node, name, role, null);
            Walk(members.Values[i], name, 0);
        }
    }

    private void Description(ActionNode? node, FlowValue owner, string? pointer)
    {
        if (owner["description"].AsStringOrNull is not { } text) return;
        In(node, "description", TemplateRole.Description, pointer);
        Add(text, "description", 0, inName: false);
    }

    private void In(ActionNode? node, string member, TemplateRole role, string? pointer)
    {
        (_node, _member, _role) = (node, member, role);
        _trail.Start(pointer is null ? PointerSteps.None : new PointerSteps(null, pointer));
    }

    // A name of null is that of an element: its index.
    private void Walk(FlowValue value, string? name, int index)
    {
        if (value.AsStringOrNull is { } text)
        {
            Add(text, name, index, inName: false);
        }
        else if (value.AsArrayOrNull is { Count: > 0 } array)
        {
            Enter(name, index);
            for (var i = 0; i < array.Count; i++) Walk(array[i], null, i);
            _trail.Leave();
        }
        else if (value.AsObjectOrNull is { Count: > 0 } members)
        {
            var mayNameTemplates = _role != TemplateRole.Condition && MemberName.In(members).HasFlag(MemberNames.Template);
            Enter(name, index);
            for (var i = 0; i < members.Count; i++)
            {
                var member = members.Names[i];
                if (mayNameTemplates) Add(member, member, 0, inName: true);
                Walk(members.Values[i], member, 0);
            }

            _trail.Leave();
        }
    }

    private void Enter(string? name, int index)
    {
        if (name is null) _trail.Enter(index);
        else _trail.Enter(name);
    }

    private void Add(string text, string? name, int index, bool inName)
    {
        if (!text.Contains('@', StringComparison.Ordinal)) return;
        var template = _texts.Get(text);
        if (template.Kind == TemplateKind.Literal) return;
        _uses.Add(new TemplateUse(_node, _member, template, _trail.Steps(), name ?? index.ToString(CultureInfo.InvariantCulture), inName, _role));
    }
}
