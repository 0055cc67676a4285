namespace FlowEngine.Definitions;

/// <summary>Responses with the same literal status code must have the same <c>schema</c>, where both have one.</summary>
internal static class ResponseSchemaRule
{
    public static void Check(ValidationContext context)
    {
        var schemas = new Dictionary<string, FlowValue>(StringComparer.Ordinal);
        foreach (var node in context.Index.All)
        {
            if (node.Action.Type != "Response") continue;
            var inputs = node.Action.Inputs;
            if (inputs["statusCode"].IsNull || Literals.IsExpression(inputs["statusCode"]) || !inputs["schema"].IsObject) continue;
            var status = Literals.Show(inputs["statusCode"]);
            if (schemas.TryAdd(status, inputs["schema"]) || schemas[status] == inputs["schema"]) continue;
            context.Faults.Error(
                DiagnosticCodes.ResponseSchemasDiffer,
                $"The schema definition for action with status code '{status}' is not valid. The schema definitions for actions with same status code must match.",
                FaultPlace.Name(JsonPointer.Append(JsonPointer.Append(node.Action.Path, "inputs"), "schema")),
                "InvalidTemplate",
                node.Action.Name);
        }
    }
}
