using System.Text;

namespace FlowEngine.Definitions;

/// <summary>How a flow is written into a project: as its file has it wherever that file is about this flow alone.</summary>
/// <param name="Text">The text of <c>workflow.json</c>.</param>
/// <param name="IsWhole">Whether all of the flow's own file is in it.</param>
internal sealed record WrittenFlow(string Text, bool IsWhole)
{
    /// <summary>The text of a flow.</summary>
    /// <param name="document">The flow; it has a definition.</param>
    /// <param name="id">The id by which other flows call it; written into the file where it isn't there.</param>
    public static WrittenFlow Of(WorkflowDocument document, string? id)
    {
        var definition = document.Definition ?? throw new ArgumentException("The document has no definition.", nameof(document));
        if (ArmTemplateShape.IsTemplate(document.Root)) return new WrittenFlow(Resolved(document, definition), IsWhole: false);
        var isWhole = document.FlowNames.Count <= 1 && definition.Path is "" or "/definition" or "/properties/definition";
        if (!isWhole) return new WrittenFlow(document.TextOf(definition.Path) + "\n", IsWhole: false);
        return new WrittenFlow(id is null || WorkflowIds.Names(document.Root, id) ? document.Text : WithId(document, id), IsWhole: true);
    }

    // The brackets of the template are resolved, so the text of the file is not what the flow is.
    private static string Resolved(WorkflowDocument document, WorkflowDefinition definition)
    {
        var file = new FlowObjectBuilder().Add("definition", definition.Raw);
        if (definition.Kind is { } kind) file.Add("kind", FlowValue.String(kind));
        if (!document.ConnectionReferences.IsNull) file.Add("connectionReferences", document.ConnectionReferences);
        if (document.ParameterValues.Count > 0)
        {
            var values = new FlowObjectBuilder();
            foreach (var (name, value) in document.ParameterValues) values.Set(name, FlowValue.Object(("value", value)));
            file.Add("parameters", values.ToValue());
        }

        return FlowJson.WriteIndented(file.ToValue()) + "\n";
    }

    // One member is written before the first one, in the file's own spacing; nothing else changes.
    private static string WithId(WorkflowDocument document, string id)
    {
        var member = document.Root["name"].IsNull ? "name" : document.Root["id"].IsNull ? "id" : null;
        var text = document.Text;
        var start = text.IndexOf('{', StringComparison.Ordinal);
        if (member is null || start < 0) return text;
        var next = start + 1;
        while (next < text.Length && char.IsWhiteSpace(text[next])) next++;
        return new StringBuilder(text).Insert(start + 1, $"{text.AsSpan(start + 1, next - start - 1)}\"{member}\": \"{id}\",").ToString();
    }
}
