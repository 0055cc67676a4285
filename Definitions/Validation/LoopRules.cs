namespace FlowEngine.Definitions;

/// <summary>What a Foreach repeats over, and how long an Until may go on.</summary>
internal static class LoopRules
{
    private const long MaximumCount = 5000;

    public static void Check(ValidationContext context)
    {
        foreach (var node in context.Index.All)
        {
            if (node.Action.Type == ContainerTypes.Foreach) CheckForeach(context, node.Action);
            else if (node.Action.Type == ContainerTypes.Until) CheckUntil(context, node.Action);
        }
    }

    private static void CheckForeach(ValidationContext context, ActionDefinition action)
    {
        var items = action.Raw["foreach"];
        if (items.IsNull || items.IsArray || (items.AsStringOrNull?.StartsWith('@') ?? false)) return;
        context.Faults.Warning(
            DiagnosticCodes.ForeachOverLiteral,
            $"The 'foreach' of action '{action.Name}' is of type '{items.Kind}'. The result must be a valid array: it fails when it is reached.",
            JsonPointer.Append(action.Path, "foreach"),
            "ExpressionEvaluationFailed",
            action.Name);
    }

    private static void CheckUntil(ValidationContext context, ActionDefinition action)
    {
        if (action.Raw.TryGetMember("limit", out var limit) && limit.IsNull)
        {
            // One that is missing is found among the members that an Until needs.
            context.Faults.Error(
                DiagnosticCodes.MissingProperty,
                $"The template action '{action.Name}' at {DiagnosticBag.LineAndColumn} is not valid: The property 'limit' is required on action type 'Until'.",
                JsonPointer.Append(action.Path, "limit"),
                "InvalidTemplate",
                action.Name);
        }

        var count = limit["count"];
        if (count.IsNull || Literals.IsExpression(count)) return;
        var isNumber = Literals.TryReadInteger(count, out var number);
        if (isNumber && number is >= 1 and <= MaximumCount) return;
        context.Faults.Warning(
            DiagnosticCodes.UntilCount,
            $"The limit of action '{action.Name}' has the count {count.ToJson()}; the service repeats 1 to {MaximumCount} times.",
            JsonPointer.Append(JsonPointer.Append(action.Path, "limit"), "count"),
            null,
            action.Name);
    }
}
