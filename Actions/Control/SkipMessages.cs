namespace FlowEngine.Actions;

/// <summary>Text of an action whose branch was not taken; <c>{0}</c> is the action.</summary>
internal static class BranchNotTaken
{
    public const string Message = "The execution of template action '{0}' skipped: the branching condition for this action is not satisfied.";
}

/// <summary>Text of an action whose container was skipped or failed before its children ran; <c>{0}</c> is the action.</summary>
internal static class DependencyFailed
{
    /// <summary>The text for children of <paramref name="container"/>.</summary>
    public static string Message(string container, ActionStatus status, string code) => MessageFor("{0}", container, status, code);

    /// <summary>The text for one of them.</summary>
    public static string MessageFor(string action, string container, ActionStatus status, string code) =>
        $"The execution of template action '{action}' is skipped: dependant action '{container}' completed with status '{status}' and code '{code}'.";
}
