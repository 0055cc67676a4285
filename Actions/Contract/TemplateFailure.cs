namespace FlowEngine.Actions;

/// <summary>The failure that an expression of an action's inputs ends with, also used where the evaluated inputs can't be taken.</summary>
internal static class TemplateFailure
{
    /// <summary>The service's words around what went wrong. It always names line and column 0 for inputs (recorded).</summary>
    public static string InputsMessage(string action, string inner) =>
        $"Unable to process template language expressions in action '{action}' inputs at line '0' and column '0': '{inner}'.";

    /// <summary>Failed with code <c>BadRequest</c> and error <c>InvalidTemplate</c>.</summary>
    public static ActionOutcome InInputs(string action, string inner) =>
        ActionOutcome.Failed(ActionCodes.InvalidTemplate, InputsMessage(action, inner), ActionCodes.BadRequest);
}
