namespace FlowEngine.Definitions;

/// <summary><c>runtimeConfiguration.secureData.properties</c>: what an action or trigger can hide (runtime reference, 6.1).</summary>
internal static class SecureDataRules
{
    private static readonly string[] Both = ["inputs", "outputs"];
    private static readonly string[] InputsOnly = ["inputs"];
    private static readonly string[] None = [];

    public static void Check(ValidationContext context)
    {
        foreach (var node in context.Index.All)
        {
            if (node.Has(MemberNames.RuntimeConfiguration))
                Check(context, node.Action.RuntimeConfiguration, HiddenBy(node.Action.Type), node.Action.Path, $"action '{node.Action.Name}' of type '{node.Action.Type}'", node.Action.Name);
        }

        foreach (var trigger in context.Definition.Triggers) Check(context, trigger.Raw["runtimeConfiguration"], Both, trigger.Path, $"trigger '{trigger.Name}'", null);
    }

    private static string[] HiddenBy(string type) => type switch
    {
        "Compose" or "ParseJson" or "Response" => InputsOnly,
        "Scope" or "If" or "Switch" or "Foreach" or "Until" or "Terminate" => None,
        _ when type.EndsWith("Variable", StringComparison.Ordinal) => None,
        _ => Both,
    };

    private static bool IsWord(FlowValue property, string[] words) => words.Contains(property.AsStringOrNull, StringComparer.OrdinalIgnoreCase);

    private static void Check(ValidationContext context, FlowValue configuration, string[] hidden, string path, string owner, string? action)
    {
        if (configuration["secureData"]["properties"].AsArrayOrNull is not { } properties) return;
        // Hidden inputs of these types hide their outputs too: to ask for both is harmless.
        if (hidden == InputsOnly && properties.Any(property => IsWord(property, InputsOnly))) hidden = Both;
        for (var i = 0; i < properties.Count; i++)
        {
            if (Literals.IsExpression(properties[i]) || IsWord(properties[i], hidden)) continue;
            context.Faults.Warning(
                DiagnosticCodes.SecureDataUnsupported,
                $"The service hides no '{Literals.Show(properties[i])}' of {owner}{(hidden.Length == 0 ? "" : $", only '{string.Join("', '", hidden)}'")}.",
                $"{path}/runtimeConfiguration/secureData/properties/{i}",
                null,
                action);
        }
    }
}
