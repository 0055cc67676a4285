namespace FlowEngine.Definitions;

/// <summary><c>authentication</c> of calls: whether its type exists and has what it needs.</summary>
internal static class AuthenticationRules
{
    public static void Check(ValidationContext context)
    {
        if (context.Options.Catalog.Authentications.Count == 0) return;
        foreach (var node in context.Index.All)
        {
            if (node.InputsHave(MemberNames.Authentication) && HasAuthentication(node.Action.Inputs)) CheckInputs(context, node.Action.Inputs, JsonPointer.Append(node.Action.Path, "inputs"), node.Action.Name);
        }

        foreach (var trigger in context.Definition.Triggers)
        {
            if (HasAuthentication(trigger.Inputs)) CheckInputs(context, trigger.Inputs, JsonPointer.Append(trigger.Path, "inputs"), null);
        }
    }

    // Few have one: no pointers for the others.
    private static bool HasAuthentication(FlowValue inputs) =>
        inputs["authentication"].IsObject || inputs["subscribe"]["authentication"].IsObject || inputs["unsubscribe"]["authentication"].IsObject;

    private static void CheckInputs(ValidationContext context, FlowValue inputs, string pointer, string? action)
    {
        Check(context, inputs["authentication"], JsonPointer.Append(pointer, "authentication"), action);
        Check(context, inputs["subscribe"]["authentication"], $"{pointer}/subscribe/authentication", action);
        Check(context, inputs["unsubscribe"]["authentication"], $"{pointer}/unsubscribe/authentication", action);
    }

    private static void Check(ValidationContext context, FlowValue authentication, string pointer, string? action)
    {
        if (authentication.AsObjectOrNull is not { } members || members["type"].AsStringOrNull is not { } type || Literals.IsExpression(members["type"])) return;
        var kinds = context.Options.Catalog.Authentications;
        var at = JsonPointer.Append(pointer, "type");
        if (kinds.FirstOrDefault(known => known.Type.Equals(type, StringComparison.OrdinalIgnoreCase)) is not { } kind)
        {
            var names = kinds.Where(known => !(known.IsExtension && context.Options.Strict)).Select(known => known.Type);
            context.Faults.Warning(
                DiagnosticCodes.AuthenticationUnknown, $"The authentication type '{type}' does not exist.", at, null, action, ValidationContext.DidYouMean(type, names));
            return;
        }

        foreach (var required in kind.Required)
        {
            if (members[required].IsNull)
                context.Faults.Warning(DiagnosticCodes.AuthenticationIncomplete, $"Authentication of type '{kind.Type}' needs a '{required}'.", FaultPlace.Name(pointer), null, action);
        }

        if (!kind.IsExtension) return;
        var message = $"Authentication of type '{kind.Type}' is an extension of this engine; the service does not have it.";
        if (context.Options.Strict) context.Faults.Error(DiagnosticCodes.AuthenticationExtension, message, at, null, action);
        else context.Faults.Information(DiagnosticCodes.AuthenticationExtension, message, at, null, action);
    }
}
