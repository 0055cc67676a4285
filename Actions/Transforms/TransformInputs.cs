using System.Xml;
using FlowEngine.Expressions;

namespace FlowEngine.Actions;

/// <summary>What transforms take: XML content, and maps and schemas by name.</summary>
internal static class TransformInputs
{
    /// <summary>A map: <c>map.name</c> or <c>integrationAccount.map.name</c> in <c>Artifacts/Maps</c>, or its text itself as <c>map.content</c> (ours).</summary>
    public static string Map(RunScope scope, string extension) => Artifact(scope, "map", "Artifacts/Maps", extension, "MapNotFound");

    /// <summary>A schema: <c>schema.name</c> or <c>integrationAccount.schema.name</c> in <c>Artifacts/Schemas</c>, or its text as <c>schema.content</c> (ours).</summary>
    public static string Schema(RunScope scope) => Artifact(scope, "schema", "Artifacts/Schemas", ".xsd", "SchemaNotFound");

    /// <summary>Whether an action of a transform has what it works with; true for all other actions.</summary>
    public static bool AreThere(RunScope scope) => scope.Action.Type switch
    {
        "Xslt" => IsThere(scope, "map", "Artifacts/Maps", ".xslt"),
        "Liquid" => IsThere(scope, "map", "Artifacts/Maps", ".liquid"),
        "XmlValidation" or "XmlParse" or "XmlCompose" => IsThere(scope, "schema", "Artifacts/Schemas", ".xsd"),
        _ => true,
    };

    /// <summary>The XML in <c>content</c>: text or a content object.</summary>
    public static XmlDocument Xml(RunScope scope, string failureCode)
    {
        var content = scope.Inputs["content"];
        try
        {
            var text = BinaryContent.FromValue(content)?.ToText() ?? content.AsStringOrNull
                ?? throw new TransformException(failureCode, $"The 'content' of action '{scope.Action.Name}' must be XML, as text or as a content object. The provided value is of type '{content.TypeName}'.");
            return SafeXml.Load(text.TrimStart('\uFEFF'), keepSpace: true);
        }
        catch (Exception failure) when (failure is XmlException or FormatException)
        {
            throw new TransformException(failureCode, $"The 'content' of action '{scope.Action.Name}' is not valid XML: {failure.Message}");
        }
    }

    private static bool IsThere(RunScope scope, string member, string folder, string extension)
    {
        var given = scope.Inputs[member].IsNull ? scope.Inputs["integrationAccount"][member] : scope.Inputs[member];
        return given["content"].IsString || (given["name"].AsStringOrNull is { Length: > 0 } name && Read(scope, folder, FileOf(name, extension)) is not null);
    }

    private static string Artifact(RunScope scope, string member, string folder, string extension, string notFound)
    {
        var given = scope.Inputs[member].IsNull ? scope.Inputs["integrationAccount"][member] : scope.Inputs[member];
        if (given["content"].AsStringOrNull is { } content) return content;
        if (given["name"].AsStringOrNull is not { Length: > 0 } name)
            throw new TransformException(notFound, $"The action '{scope.Action.Name}' names no {member}: give '{member}.name', a file '{folder}/NAME{extension}' beside the workflow.");
        return Read(scope, folder, FileOf(name, extension))
            ?? throw new TransformException(notFound, $"The {member} '{name}' of action '{scope.Action.Name}' is not found: there is no file '{folder}/{FileOf(name, extension)}' beside the workflow.");
    }

    private static string FileOf(string name, string extension) => name.EndsWith(extension, StringComparison.OrdinalIgnoreCase) ? name : name + extension;

    // A name is a file's name; it leads to no other folder.
    private static string? Read(RunScope scope, string folder, string file) => file.AsSpan().IndexOfAny("/\\:\0") < 0 ? scope.ReadArtifact($"{folder}/{file}") : null;
}
