using System.Globalization;

namespace FlowEngine;

/// <summary>A compiled plan as text: the order in which actions are looked at, the slot of each in its frame, what it waits for and what runs it.</summary>
internal static class PlanOutline
{
    public static void Write(WorkflowPlan plan, TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"plan of {plan.Name}: {plan.Actions.Count()} actions, {plan.VariableNames.Count} variables, {plan.Definition.Parameters.Count} parameters"));
        if (plan.VariableNames.Count > 0) output.WriteLine($"variables: {string.Join(", ", plan.VariableNames)}");
        Write(plan.Root, 1, output);
    }

    private static void Write(PlannedBranch branch, int level, TextWriter output)
    {
        foreach (var action in branch.Actions)
        {
            output.WriteLine($"{new string(' ', level * 2)}{Line(action)}");
            foreach (var nested in action.Branches.Where(nested => nested.Actions.Length > 0))
            {
                output.WriteLine($"{new string(' ', (level * 2) + 2)}{nested.Definition.Label}{(action.Repetition is null ? "" : ", a frame of its own each repetition")}:");
                Write(nested, level + 2, output);
            }
        }
    }

    private static string Line(PlannedAction action)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"[{action.Slot}] {action.Name}  {action.Definition.Type} by {action.Executor.GetType().Name}");
        if (action.Predecessors.Length > 0) line += $", waits for {string.Join(" and ", action.Predecessors.Select(one => $"{one.Action.Name} ({one.Written})"))}";
        if (action.StaticResult is not null) line += ", static result";
        if (action.Secured != SecuredParts.None) line += $", secured: {action.Secured.ToString().ToLowerInvariant()}";
        if (action.TrackedProperties is not null) line += ", tracked properties";
        if (action.ContinuesOnError) line += ", goes on after an error";
        return action.IsReadAfterwards ? line + ", read later" : line;
    }
}
