using System.Text;
using FlowEngine.Actions;
using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine;

/// <summary>What a host has added to the language: actions, functions, triggers. Names are unique, ignoring case.</summary>
internal sealed class Extensions
{
    private readonly List<(ActionSpec Spec, string Summary)> _actions = [];
    private readonly List<FunctionSpec> _functions = [];
    private readonly List<TriggerSpec> _triggers = [];

    public void Add(ActionSpec action, string summary)
    {
        var type = action.Info.Type;
        if (BuiltInActions.Catalog.TryGet(type, out _)) throw new ArgumentException($"There is an action type '{type}' already: the service has it. Choose another name.");
        if (_actions.Exists(known => known.Spec.Info.Type.Equals(type, StringComparison.OrdinalIgnoreCase))) throw new ArgumentException($"The action type '{type}' has been added already.");
        _actions.Add((action, summary));
    }

    public void Add(FunctionSpec function)
    {
        if (BuiltInFunctions.Table.TryGet(function.Name, ExpressionDialect.Extended, out _)) throw new ArgumentException($"There is a function '{function.Name}' already: the language has it. Choose another name.");
        if (_functions.Exists(known => known.Name.Equals(function.Name, StringComparison.OrdinalIgnoreCase))) throw new ArgumentException($"The function '{function.Name}' has been added already.");
        _functions.Add(HostFunction.Guarded(function));
    }

    public void Add(TriggerSpec trigger)
    {
        if (DefinitionOptions.ServiceTriggerTypes.Contains(trigger.Type, StringComparer.OrdinalIgnoreCase)) throw new ArgumentException($"There is a trigger type '{trigger.Type}' already: the service has it. Choose another name.");
        if (_triggers.Exists(known => known.Type.Equals(trigger.Type, StringComparison.OrdinalIgnoreCase))) throw new ArgumentException($"The trigger type '{trigger.Type}' has been added already.");
        _triggers.Add(trigger);
    }

    /// <summary>What flows are compiled with.</summary>
    public WorkflowOptions In(WorkflowOptions options)
    {
        if (_actions.Count == 0 && _functions.Count == 0 && _triggers.Count == 0) return options;
        if (_functions.Count > 0)
        {
            var table = new FunctionTable { options.Functions };
            foreach (var function in _functions) table.Add(function);
            options = options with { Functions = table };
        }

        return options with { Actions = [.. options.Actions, .. _actions.Select(action => action.Spec)], Triggers = [.. options.Triggers, .. _triggers] };
    }

    /// <summary>A page about them in Markdown.</summary>
    public string Describe()
    {
        var page = new StringBuilder("# Extensions\n");
        if (_actions.Count > 0) page.Append("\n## Actions\n\n");
        foreach (var (spec, summary) in _actions.OrderBy(action => action.Spec.Info.Type, StringComparer.OrdinalIgnoreCase))
        {
            page.Append("* `").Append(spec.Info.Type).Append('`').Append(summary.Length > 0 ? ": " + summary : string.Empty);
            if (spec.Info.InputMembers is { } members) page.Append(" Inputs: ").AppendJoin(", ", members.Select(name => spec.Info.RequiredInputs.Contains(name) ? $"**`{name}`**" : $"`{name}`")).Append('.');
            page.Append('\n');
        }

        if (_functions.Count > 0) page.Append("\n## Functions\n");
        foreach (var function in _functions.OrderBy(function => function.Name, StringComparer.OrdinalIgnoreCase))
        {
            page.Append("\n### ").Append(function.Name).Append("\n\n").Append(function.Summary).Append('\n');
            if (function.Parameters.Count > 0) page.Append('\n');
            foreach (var parameter in function.Parameters) page.Append("* `").Append(parameter.Replace(": ", "`: ", StringComparison.Ordinal)).Append('\n');
            foreach (var example in function.Examples) page.Append("\n    ").Append(example).Append('\n');
        }

        if (_triggers.Count > 0) page.Append("\n## Triggers\n\n");
        foreach (var trigger in _triggers.OrderBy(trigger => trigger.Type, StringComparer.OrdinalIgnoreCase))
            page.Append("* `").Append(trigger.Type).Append('`').Append(trigger.Summary.Length > 0 ? ": " + trigger.Summary : string.Empty).Append('\n');
        return page.ToString();
    }
}
