namespace FlowEngine.Actions;

/// <summary>Validates XML against an XSD.</summary>
/// <remarks>Invalid content fails with every error in the message. Codes but SchemaNotFound, the wording and the empty outputs are assumed.</remarks>
internal static class XmlValidation
{
    private const string Failure = "XmlValidationFailed";

    public static FlowValue Run(RunScope scope, CancellationToken cancellation)
    {
        var schemas = XmlSchemas.Compile(scope.Action.Name, TransformInputs.Schema(scope));
        var errors = XmlSchemas.Validate(TransformInputs.Xml(scope, Failure), schemas);
        cancellation.ThrowIfCancellationRequested();
        if (errors.Count > 0) throw new TransformException(Failure, $"The 'content' of action '{scope.Action.Name}' does not match the schema: {string.Join(' ', errors)}");
        return FlowValue.EmptyObject;
    }
}
