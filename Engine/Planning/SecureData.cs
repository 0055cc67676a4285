using FlowEngine.Definitions;

namespace FlowEngine;

/// <summary>Reads <c>runtimeConfiguration.secureData.properties</c> (runtime reference, 6.1).</summary>
internal static class SecureData
{
    public static SecuredParts Of(ActionDefinition action)
    {
        var parts = Of(action.RuntimeConfiguration);
        // Compose, ParseJson and Response take only inputs, which hides their outputs too.
        return parts.HasFlag(SecuredParts.Inputs) && action.Type is ("Compose" or "ParseJson" or "Response") ? parts | SecuredParts.Outputs : parts;
    }

    public static SecuredParts Of(FlowValue runtimeConfiguration)
    {
        var parts = SecuredParts.None;
        if (runtimeConfiguration["secureData"]["properties"].AsArrayOrNull is not { } properties) return parts;
        foreach (var property in properties)
        {
            if (string.Equals(property.AsStringOrNull, "inputs", StringComparison.OrdinalIgnoreCase)) parts |= SecuredParts.Inputs;
            if (string.Equals(property.AsStringOrNull, "outputs", StringComparison.OrdinalIgnoreCase)) parts |= SecuredParts.Outputs;
        }

        return parts;
    }
}
