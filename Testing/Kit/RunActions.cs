using FlowEngine.Definitions;

namespace FlowEngine.Testing;

/// <summary>Every execution of every action of a run, in document order, repetition by repetition.</summary>
internal static class RunActions
{
    public static IEnumerable<ActionRecord> Of(RunResult run)
    {
        // The document of a run has a definition.
        foreach (var action in run.Workflow.Document.Definition!.Root.Actions)
        {
            foreach (var execution in Below(run.Action(action.Name), name => run.Action(name))) yield return execution;
        }
    }

    /// <summary>The names of all actions.</summary>
    public static IEnumerable<string> Names(RunResult run) => run.Workflow.Document.Definition!.Root.AllActions().Select(action => action.Name);

    /// <summary>The repetition's own actions, without what is below them.</summary>
    public static IEnumerable<ActionDefinition> Children(ActionRecord action) => action.Definition.Branches.SelectMany(branch => branch.Actions);

    public static bool IsLoop(ActionRecord action) => action.Type is "Foreach" or "Until";

    private static IEnumerable<ActionRecord> Below(ActionRecord action, Func<string, ActionRecord?> find)
    {
        yield return action;
        if (!IsLoop(action))
        {
            foreach (var execution in Nested(action, find)) yield return execution;
            yield break;
        }

        var repetitions = action.Repetitions;
        if (repetitions.Count == 0)
        {
            foreach (var execution in Nested(action, action.SkippedChild)) yield return execution;
        }

        foreach (var repetition in repetitions)
        {
            foreach (var execution in Nested(action, repetition.Action)) yield return execution;
        }
    }

    private static IEnumerable<ActionRecord> Nested(ActionRecord container, Func<string, ActionRecord?> find)
    {
        foreach (var child in Children(container))
        {
            if (find(child.Name) is not { } record) continue;
            foreach (var execution in Below(record, find)) yield return execution;
        }
    }
}
