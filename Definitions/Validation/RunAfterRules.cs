namespace FlowEngine.Definitions;

/// <summary>Names and statuses in <c>runAfter</c>.</summary>
internal static class RunAfterRules
{
    private static readonly string[] Statuses = ["Succeeded", "Failed", "Skipped", "TimedOut"];

    public static void Check(ValidationContext context)
    {
        foreach (var node in context.Index.All)
        {
            var raw = node.Action.RunAfter.Count > 0 ? default : node.Action.Raw["runAfter"];
            if (!raw.IsNull && !raw.IsObject)
            {
                context.Faults.Error(
                    DiagnosticCodes.RunAfterShape,
                    $"The 'runAfter' property of template action '{node.Action.Name}' at {DiagnosticBag.LineAndColumn} must be an object of action names and statuses, but is of type '{raw.Kind}'.",
                    JsonPointer.Append(node.Action.Path, "runAfter"),
                    "InvalidTemplate",
                    node.Action.Name);
            }

            for (var i = 0; i < node.Action.RunAfter.Count; i++)
            {
                CheckName(context, node, node.Action.RunAfter[i]);
                CheckStatuses(context, node, node.Action.RunAfter[i]);
            }
        }
    }

    private static void CheckName(ValidationContext context, ActionNode node, RunAfter entry)
    {
        var name = node.Action.Name;
        var written = entry.Key;
        if (entry.Action.Equals(name, StringComparison.OrdinalIgnoreCase))
        {
            context.Faults.Error(
                DiagnosticCodes.RunAfterSelf,
                $"The 'runAfter' property of template action '{name}' at {DiagnosticBag.LineAndColumn} contains the action itself.",
                FaultPlace.Name(entry.Path),
                "InvalidTemplate",
                name);
        }
        else if (IsPredecessor(node, entry.Action))
        {
            if (written != entry.Action) ReferenceRules.CheckSpelling(context, node, written, entry.Action, FaultPlace.Name(entry.Path));
        }
        else if (context.Index.Find(written) is { } elsewhere)
        {
            context.Faults.Error(
                DiagnosticCodes.RunAfterNotSibling,
                $"The 'runAfter' property of template action '{name}' at {DiagnosticBag.LineAndColumn} contains action '{written}'. Action '{elsewhere.Action.Name}' must belong to same level as action '{name}'.",
                FaultPlace.Name(entry.Path),
                "InvalidTemplate",
                name,
                SiblingAround(node, elsewhere) is { } container ? $"Run after '{container.Action.Name}', which contains it." : null);
        }
        else
        {
            context.Faults.Error(
                DiagnosticCodes.RunAfterUnknown,
                $"The 'runAfter' property of template action '{name}' at {DiagnosticBag.LineAndColumn} contains non-existent action: '{written}'.",
                FaultPlace.Name(entry.Path),
                "InvalidTemplate",
                name,
                ValidationContext.DidYouMean(written, OthersBeside(node)));
        }
    }

    private static IEnumerable<string> OthersBeside(ActionNode node) => node.Branch.Actions.Select(sibling => sibling.Name).Where(sibling => sibling != node.Action.Name);

    // The index has looked among the siblings already; a search of them all for each entry would grow with the square of their number.
    private static bool IsPredecessor(ActionNode node, string name)
    {
        for (var i = 0; i < node.Predecessors.Count; i++)
        {
            if (node.Predecessors[i].Action.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }

    private static ActionNode? SiblingAround(ActionNode node, ActionNode elsewhere) =>
        elsewhere.Containers().FirstOrDefault(container => ReferenceEquals(container.Branch, node.Branch) && !ReferenceEquals(container, node));

    // The reader has them in canonical spelling, where it knows them.
    private static bool AreStatuses(IReadOnlyList<string> written)
    {
        for (var i = 0; i < written.Count; i++)
        {
            if (!RunAfterReader.IsStatus(written[i])) return false;
        }

        return written.Count > 0;
    }

    private static void CheckStatuses(ValidationContext context, ActionNode node, RunAfter entry)
    {
        if (AreStatuses(entry.Written)) return;
        var statuses = node.Action.Raw["runAfter"].AsObject[entry.Key];
        if (statuses.AsArrayOrNull is not { } list)
        {
            context.Faults.Error(
                DiagnosticCodes.RunAfterShape,
                $"The statuses of '{entry.Action}' in the 'runAfter' property of action '{node.Action.Name}' must be an array, but are of type '{statuses.Kind}'.",
                entry.Path,
                "InvalidTemplate",
                node.Action.Name);
            return;
        }

        if (list.Count == 0)
        {
            context.Faults.Error(
                DiagnosticCodes.RunAfterNoStatus,
                $"The 'runAfter' property of template action '{node.Action.Name}' at {DiagnosticBag.LineAndColumn} has no status for action '{entry.Action}'; at least one is needed.",
                FaultPlace.Name(entry.Path),
                "InvalidTemplate",
                node.Action.Name);
        }

        for (var i = 0; i < list.Count; i++)
        {
            var written = list[i].AsStringOrNull ?? list[i].ToJson();
            if (RunAfterReader.IsStatus(written)) continue;
            context.Faults.Error(
                DiagnosticCodes.RunAfterBadStatus,
                $"The 'runAfter' property of template action '{node.Action.Name}' at {DiagnosticBag.LineAndColumn} has the status '{written}', which is none of '{string.Join("', '", Statuses)}'.",
                JsonPointer.Append(entry.Path, i),
                "InvalidTemplate",
                node.Action.Name,
                ValidationContext.DidYouMean(written, Statuses));
        }
    }
}
