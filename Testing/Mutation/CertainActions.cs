using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine.Testing;

/// <summary>
/// Actions that can only succeed: they set or give what stands in the definition, behind others of that kind or at the start of their branch.
/// What runs after one sees no other status, so a status more or less there changes nothing that anyone could notice.
/// </summary>
internal sealed class CertainActions
{
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);

    public CertainActions(WorkflowDocument document)
    {
        var actions = (document.Definition?.Root.AllActions() ?? []).Where(action => CanNotFail(action, document.Templates)).ToList();

        // An action may stand before those that it runs after.
        for (var before = -1; before < _names.Count;)
        {
            before = _names.Count;
            foreach (var action in actions.Where(action => action.RunAfter.All(entry => _names.Contains(entry.Action) && entry.Statuses.HasFlag(RunAfterStatuses.Succeeded)))) _names.Add(action.Name);
        }
    }

    /// <summary>Names are unique in a flow.</summary>
    public bool Contains(string name) => _names.Contains(name);

    private static bool CanNotFail(ActionDefinition action, TemplateTextCache texts) =>
        action.Type is "Compose" or "InitializeVariable" or "SetVariable" or "AppendToArrayVariable" or "AppendToStringVariable"
        && action.TrackedProperties.IsNull
        && IsConstant(action.Inputs, texts);

    private static bool IsConstant(FlowValue value, TemplateTextCache texts)
    {
        if (value.AsArrayOrNull is { } list) return list.All(item => IsConstant(item, texts));
        if (value.AsObjectOrNull is { } o) return o.All(member => IsConstant(member.Value, texts));
        if (value.AsStringOrNull is not { } text) return true;
        var template = texts.Get(text);

        // Parameters were checked before the run.
        return template.Kind == TemplateKind.Literal
            || (template is { Error: null, Expression: CallSyntax { Arguments: [LiteralSyntax] } call } && call.Name.Equals("parameters", StringComparison.OrdinalIgnoreCase));
    }
}
