using System.Xml;
using System.Xml.Schema;
using FlowEngine.Expressions;

namespace FlowEngine.Actions;

/// <summary>Validates XML against an XSD; nothing that the schema includes or imports is fetched.</summary>
/// <remarks>Invalid content fails with every error in the message. Codes but SchemaNotFound, the wording and the empty outputs are assumed.</remarks>
internal static class XmlValidation
{
    private const string Failure = "XmlValidationFailed";
    private const int MaxErrors = 20;

    public static FlowValue Run(RunScope scope, CancellationToken cancellation)
    {
        var schemas = Schemas(scope.Action.Name, TransformInputs.Schema(scope));
        var content = TransformInputs.Xml(scope, Failure);
        var errors = new List<string>();
        var isKnown = content.DocumentElement is { } root && schemas.GlobalElements.Contains(new XmlQualifiedName(root.LocalName, root.NamespaceURI));
        content.Schemas = schemas;
        if (isKnown) content.Validate((_, error) => Add(error.Message));
        else Add($"The element '{content.DocumentElement?.Name}' of namespace '{content.DocumentElement?.NamespaceURI}' is not declared in the schema.");
        cancellation.ThrowIfCancellationRequested();
        if (errors.Count > 0) throw new TransformException(Failure, $"The 'content' of action '{scope.Action.Name}' does not match the schema: {string.Join(' ', errors)}");
        return FlowValue.EmptyObject;

        void Add(string error)
        {
            if (errors.Count < MaxErrors) errors.Add(error);
        }
    }

    private static XmlSchemaSet Schemas(string action, string text)
    {
        try
        {
            using var reader = new XmlNodeReader(SafeXml.Load(text.TrimStart('\uFEFF')));
            var schemas = new XmlSchemaSet { XmlResolver = null };
            schemas.Add(null, reader);
            schemas.Compile();
            return schemas;
        }
        catch (Exception failure) when (failure is XmlException or XmlSchemaException)
        {
            throw new TransformException("InvalidXmlSchema", $"The schema of action '{action}' can't be used: {failure.Message}");
        }
    }
}
