using FlowEngine.Actions;

namespace FlowEngine;

/// <summary>The <c>workflowContext</c> of a script: the trigger, the actions that have ended, the workflow.</summary>
internal static class WorkflowContextValue
{
    /// <summary>What a script sees.</summary>
    /// <param name="frame">The frame of the action that runs the script.</param>
    /// <param name="names">The actions wanted; null for all.</param>
    public static FlowValue Of(Frame frame, IReadOnlyCollection<string>? names)
    {
        var actions = new FlowObjectBuilder();
        foreach (var action in Wanted(frame.Run.Plan, names))
        {
            if (IsOver(frame, action)) AddUnlessNull(actions, action.Name, RecordOf(frame, action));
        }

        return FlowValue.Object(("trigger", frame.Run.Trigger.Value), ("actions", actions.ToValue()), ("workflow", frame.Run.WorkflowValue));
    }

    private static IEnumerable<PlannedAction> Wanted(WorkflowPlan plan, IReadOnlyCollection<string>? names)
    {
        if (names is null)
        {
            foreach (var action in plan.Actions) yield return action;
            yield break;
        }

        var seen = new HashSet<PlannedAction>();
        foreach (var name in names)
        {
            if (plan.TryGetAction(name, out var action) && seen.Add(action)) yield return action;
        }
    }

    // An action inside a loop elsewhere is over once the outermost of the loops that don't surround the script is.
    private static bool IsOver(Frame frame, PlannedAction action)
    {
        while (frame.Layout.HopsTo(action.Frame) < 0) action = action.Frame.Loop!; // Only the run's own frame has no loop, and that one encloses everything.
        return frame.Up(frame.Layout.HopsTo(action.Frame)).Slots[action.Slot] is { Status: not ActionStatus.Running };
    }

    private static FlowValue RecordOf(Frame frame, PlannedAction action)
    {
        var hops = frame.Layout.HopsTo(action.Frame);
        return hops >= 0 ? ActionReference.Read(frame.Up(hops).Slots[action.Slot], ActionPart.Record) : AggregateReference.To(action, frame.Layout, ActionPart.Record).Evaluate(frame);
    }

    private static void AddUnlessNull(FlowObjectBuilder actions, string name, FlowValue record)
    {
        if (!record.IsNull) actions.Add(name, record);
    }
}
