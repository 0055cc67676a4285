namespace FlowEngine.Definitions;

/// <summary>Passwords, keys and tokens written into calls. Messages never show them.</summary>
internal static class SecretRules
{
    private static readonly string[] Names = ["password", "secret", "clientSecret", "apiKey", "api-key", "x-api-key", "authorization", "Ocp-Apim-Subscription-Key", "x-functions-key", "pfx"];

    public static void Check(LintContext context)
    {
        foreach (var action in context.Definition.AllActions().Where(action => ReadsVault(action) && !SecuresOutputs(action)))
            context.Report(LintRules.OpenSecret, $"The outputs of '{action.Name}' are not secured.", action.Path, action);
        foreach (var action in context.Definition.AllActions().Where(action => action.Type is "Http" or "HttpWebhook" or "ApiConnection" or "OpenApiConnection" or "Function"))
        {
            var inputs = JsonPointer.Append(action.Path, "inputs");
            foreach (var member in new[] { "headers", "authentication", "queries" })
            {
                foreach (var (name, value) in action.Inputs[member].AsObjectOrNull ?? FlowObject.Empty)
                {
                    if (!Names.Contains(name, StringComparer.OrdinalIgnoreCase) || value.AsStringOrNull is not { Length: > 0 } text) continue;
                    var place = JsonPointer.Append(JsonPointer.Append(inputs, member), name);
                    if (IsLiteral(text)) context.Report(LintRules.LiteralSecret, $"'{name}' in the {member} of '{action.Name}' is written into the flow.", place, action);
                    else if (IsLeftToFill(text)) context.Report(LintRules.LiteralSecret, $"'{name}' in the {member} of '{action.Name}' is left to be written into the flow.", place, action, informs: true);
                }
            }
        }
    }

    private static bool ReadsVault(ActionDefinition action)
    {
        var inputs = action.Inputs;
        if (action.Type == "Http") return inputs["uri"].AsStringOrNull is { } uri && uri.Contains(".vault.azure.net/secrets", StringComparison.OrdinalIgnoreCase);
        var host = inputs["host"];
        var connector = host["apiId"].AsStringOrNull ?? host["connection"]["referenceName"].AsStringOrNull ?? host["connection"]["name"].AsStringOrNull ?? inputs["serviceProviderConfiguration"]["serviceProviderId"].AsStringOrNull ?? string.Empty;
        var operation = host["operationId"].AsStringOrNull ?? inputs["serviceProviderConfiguration"]["operationId"].AsStringOrNull ?? inputs["path"].AsStringOrNull ?? string.Empty;
        return connector.Contains("keyvault", StringComparison.OrdinalIgnoreCase) && operation.Contains("secret", StringComparison.OrdinalIgnoreCase);
    }

    private static bool SecuresOutputs(ActionDefinition action) =>
        (action.RuntimeConfiguration["secureData"]["properties"].AsArrayOrNull ?? FlowArray.Empty).Any(property => "outputs".Equals(property.AsStringOrNull, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a text is a secret itself: no expression, and none of the words that people leave for others to fill.</summary>
    public static bool IsLiteral(string text) =>
        text.Length > 0 && !IsComputed(text) && !IsLeftToFill(text) && PlaceholderRules.Find(text) is null;

    private static bool IsComputed(string text) => text.Contains('@', StringComparison.Ordinal) || text.StartsWith('[');

    // `<your key>`, `***`, `FILL ME`, `xxxx`. Placeholders of deployments are told elsewhere (FE1060).
    private static bool IsLeftToFill(string text) =>
        !IsComputed(text)
        && (text.StartsWith('<') || text.Contains("***", StringComparison.Ordinal) || text.Contains("xxx", StringComparison.OrdinalIgnoreCase)
            || text.Contains("your", StringComparison.OrdinalIgnoreCase) || text.Contains("fill", StringComparison.OrdinalIgnoreCase));
}
