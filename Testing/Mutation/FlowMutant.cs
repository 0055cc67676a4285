using FlowEngine.Definitions;
using FlowEngine.Expressions;
using JsonPointer = FlowEngine.Definitions.JsonPointer;

namespace FlowEngine.Testing;

/// <summary>A flow with one thing changed in it, to see whether a test notices.</summary>
/// <param name="Description">What is changed, in words: <c>runAfter of 'Tell': Failed taken out</c>.</param>
/// <param name="Path">JSON Pointer of what is changed.</param>
/// <param name="Value">What stands there instead.</param>
internal sealed record FlowMutant(string Description, string Path, FlowValue Value)
{
    /// <summary>The piece of the text at <see cref="Path"/> that is changed; null for the whole value.</summary>
    internal TextSpan? Span { get; init; }

    /// <summary>JSON Pointer of what messages point at, where it is not <see cref="Path"/>.</summary>
    internal string? Place { get; init; }

    /// <summary>
    /// Every mutant of a flow: conditions and <c>splitOn</c> of triggers, statuses of <c>runAfter</c>, conditions, branches, functions and
    /// constants of expressions, constants of inputs; one at a time, in the order of the file.
    /// </summary>
    /// <remarks>What can't be noticed is not among them: statuses that an action which only sets constants never has.</remarks>
    public static IReadOnlyList<FlowMutant> Of(WorkflowDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var mutants = new List<FlowMutant>();
        var templates = new TemplateMutants(document.Templates, mutants);
        var branches = new BranchMutants(mutants);
        var certain = new CertainActions(document);
        foreach (var trigger in document.Definition?.Triggers ?? [])
        {
            Conditions(trigger, templates);
            branches.Split(trigger);
        }

        foreach (var action in document.Definition?.Root.AllActions() ?? [])
        {
            foreach (var entry in action.RunAfter.Where(entry => !certain.Contains(entry.Action))) RunAfter(action, entry, mutants);
            branches.Branches(action);
            Action(action, templates);
        }

        return mutants;
    }

    /// <summary>The place of the change in the flow's file.</summary>
    public SourceLocation Locate(WorkflowDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return Span is { } span ? document.Locate(Path, span) : document.Locate(Place ?? Path);
    }

    /// <summary>The flow, changed; null where the change makes it no valid flow, so that there is nothing to test.</summary>
    internal Workflow? Apply(Workflow workflow)
    {
        if (JsonEdit.Replace(workflow.Document.Root, Path, Value) is not { } root) return null;
        try
        {
            return workflow.WithText(root.ToJson());
        }
        catch (DefinitionException)
        {
            return null;
        }
    }

    private static void Conditions(TriggerDefinition trigger, TemplateMutants templates)
    {
        var at = JsonPointer.Append(trigger.Path, "conditions");
        var conditions = trigger.Raw["conditions"].AsArrayOrNull ?? FlowArray.Empty;
        for (var i = 0; i < conditions.Count; i++) templates.Condition(trigger.Name, conditions[i]["expression"], JsonPointer.Append(JsonPointer.Append(at, i), "expression"));
    }

    private static void RunAfter(ActionDefinition action, RunAfter entry, List<FlowMutant> mutants)
    {
        FlowMutant Mutant(string words, IEnumerable<string> statuses) =>
            new($"runAfter of '{action.Name}' on '{entry.Action}': {words}", entry.Path, FlowArray.Create(statuses.Select(FlowValue.String)));

        if (entry.Written.Count > 1)
        {
            foreach (var status in entry.Written) mutants.Add(Mutant($"{status} taken out", entry.Written.Where(other => other != status)));
        }
        else if (entry.Statuses == RunAfterStatuses.Succeeded)
        {
            mutants.Add(Mutant("Failed and Skipped added", ["Succeeded", "Failed", "Skipped"]));
        }
        else if (entry.Written.Count == 1)
        {
            mutants.Add(Mutant($"Succeeded in place of {entry.Written[0]}", ["Succeeded"]));
        }
    }

    private static void Action(ActionDefinition action, TemplateMutants templates)
    {
        string At(string member) => JsonPointer.Append(action.Path, member);
        switch (action.Type)
        {
            case "If":
                templates.Condition(action.Name, action.Raw["expression"], At("expression"));
                break;
            case "Until":
                templates.Condition(action.Name, action.Raw["expression"], At("expression"));
                templates.Value(action.Name, action.Raw["limit"]["count"], JsonPointer.Append(At("limit"), "count"));
                break;
            case "Foreach":
                templates.Value(action.Name, action.Raw["foreach"], At("foreach"));
                break;
            case "Switch":
                templates.Value(action.Name, action.Raw["expression"], At("expression"));
                foreach (var (name, branch) in action.Raw["cases"].AsObjectOrNull ?? FlowObject.Empty)
                    templates.Value(action.Name, branch["case"], JsonPointer.Append(JsonPointer.Append(At("cases"), name), "case"));
                break;
            case "InitializeVariable":
                for (var i = 0; i < (action.Inputs["variables"].AsArrayOrNull?.Count ?? 0); i++)
                    templates.Value(action.Name, action.Inputs["variables"][i]["value"], JsonPointer.Append(JsonPointer.Append(JsonPointer.Append(At("inputs"), "variables"), i), "value"));
                break;
            case "SetVariable" or "AppendToArrayVariable" or "AppendToStringVariable" or "IncrementVariable" or "DecrementVariable":
                templates.Value(action.Name, action.Inputs["value"], JsonPointer.Append(At("inputs"), "value"));
                break;
            case "ParseJson":
                templates.Value(action.Name, action.Inputs["content"], JsonPointer.Append(At("inputs"), "content"));
                break;
            default:
                templates.Value(action.Name, action.Inputs, At("inputs"));
                break;
        }
    }
}
