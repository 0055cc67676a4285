using FlowEngine.Definitions;
using JsonPointer = FlowEngine.Definitions.JsonPointer;

namespace FlowEngine.Testing;

/// <summary>Changes in what containers and triggers choose: a side of a condition, a case, a default taken out; a trigger that splits no more.</summary>
internal sealed class BranchMutants(List<FlowMutant> mutants)
{
    /// <summary>The branches of an If or a Switch, each taken out. Values that belong to a case then go the way of the default.</summary>
    public void Branches(ActionDefinition action)
    {
        if (action.Type is not ("If" or "Switch")) return;
        var cases = action.Raw["cases"].AsObjectOrNull;
        foreach (var branch in action.Branches.Where(branch => branch.Actions.Count > 0))
        {
            if (action.Type == "Switch" && cases is { Count: > 1 } && cases.TryGetExact(branch.Label, out _) && !branch.Case.IsNull)
                mutants.Add(new FlowMutant($"case '{branch.Label}' of '{action.Name}' taken out", JsonPointer.Append(action.Path, "cases"), Without(cases, branch.Label)) { Place = JsonPointer.Append(JsonPointer.Append(action.Path, "cases"), branch.Label) });
            else
                mutants.Add(new FlowMutant($"{Side(action, branch)} of '{action.Name}' emptied", branch.Path, FlowValue.EmptyObject));
        }
    }

    /// <summary>A trigger that gives a run for each item, made to give one for all.</summary>
    public void Split(TriggerDefinition trigger)
    {
        if (trigger.Raw.AsObjectOrNull is not { } raw || !raw.TryGetExact("splitOn", out _)) return;
        mutants.Add(new FlowMutant($"splitOn of '{trigger.Name}' taken out", trigger.Path, Without(raw, "splitOn")) { Place = JsonPointer.Append(trigger.Path, "splitOn") });
    }

    private static string Side(ActionDefinition action, BranchDefinition branch) => action.Type == "If" ? branch.Label : branch.Case.IsNull ? "default" : $"case '{branch.Label}'";

    private static FlowValue Without(FlowObject members, string name)
    {
        var rest = members.ToBuilder();
        rest.Remove(name);
        return rest.ToValue();
    }
}
