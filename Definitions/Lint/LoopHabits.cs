namespace FlowEngine.Definitions;

/// <summary>Loops that race or that another action would do better; containers without actions.</summary>
internal static class LoopHabits
{
    public static void Check(LintContext context)
    {
        foreach (var node in context.Index.All)
        {
            var action = node.Action;
            switch (action.Type)
            {
                case "Foreach":
                    Foreach(context, node);
                    break;
                case "Until" when action.Raw["limit"]["count"].IsNull && action.Raw["limit"]["timeout"].IsNull:
                    context.Report(LintRules.UntilWithoutLimit, $"'{action.Name}' has no limit of its own.", action.Path, action);
                    break;
                case "If" when action.Branches[0].Actions.Count == 0 && action.Branches[1].Actions.Count > 0:
                    context.Report(LintRules.OnlyElse, $"'{action.Name}' has actions for the false side only.", action.Path, action);
                    break;
                case "Scope" or "If" when action.Branches.All(branch => branch.Actions.Count == 0):
                    context.Report(LintRules.EmptyBranches, $"'{action.Name}' holds no action.", action.Path, action);
                    break;
            }
        }
    }

    private static void Foreach(LintContext context, ActionNode node)
    {
        var loop = node.Action;
        var inside = loop.Branches[0].Actions;
        if (inside is [{ Type: "AppendToArrayVariable" }]) context.Report(LintRules.AppendLoop, $"'{loop.Name}' only appends to an array.", loop.Path, loop);
        if (inside is [{ Type: "AppendToStringVariable" }]) context.Report(LintRules.AppendTextLoop, $"'{loop.Name}' only appends to a text.", loop.Path, loop);
        if (node.Containers().FirstOrDefault(around => around.Action.Type == "Foreach") is { } outer)
        {
            context.Report(LintRules.NestedLoop, $"'{loop.Name}' is a loop in the loop '{outer.Action.Name}'.", loop.Path, loop);
            return; // The repetitions of an inner loop run one by one.
        }

        if (!RunsSideBySide(context.Host, loop)) return;
        foreach (var append in loop.Branches[0].AllActions().Where(action => action.Type is "AppendToArrayVariable" or "AppendToStringVariable"))
            context.Report(LintRules.UnorderedAppend, $"'{append.Name}' appends in the order in which repetitions of '{loop.Name}' come to it.", append.Path, append);
        foreach (var set in loop.Branches[0].AllActions().Where(action => action.Type == "SetVariable"))
            context.Report(LintRules.RacingVariable, $"'{set.Name}' sets '{set.Inputs["name"].AsStringOrNull}', which other repetitions of '{loop.Name}' set at the same time.", set.Path, set);
    }

    // Logic Apps runs 20 repetitions at once unless told otherwise, Power Automate one.
    private static bool RunsSideBySide(HostProfile host, ActionDefinition loop)
    {
        if (loop.OperationOptions.Contains("Sequential")) return false;
        var repetitions = loop.RuntimeConfiguration["concurrency"]["repetitions"];
        return repetitions.IsInteger ? repetitions.AsInteger > 1 : host != HostProfile.PowerAutomate;
    }
}
