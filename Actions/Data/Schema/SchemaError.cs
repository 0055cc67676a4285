namespace FlowEngine.Actions;

/// <summary>A place where a value does not match its schema.</summary>
/// <param name="Message">What is wrong, in the words of Newtonsoft.Json.Schema.</param>
/// <param name="Path">Where: <c>rows[1].name</c>; empty for the whole value.</param>
/// <param name="Value">What was checked; null where the error shows none.</param>
/// <param name="SchemaId">JSON Pointer of the schema, <c>#/properties/rows/items</c>, or the text of the reference that led to it.</param>
/// <param name="ErrorType">The keyword.</param>
/// <param name="Children">Why the schemas of a combination did not match.</param>
internal sealed record SchemaError(string Message, string Path, FlowValue Value, string SchemaId, string ErrorType, IReadOnlyList<SchemaError> Children)
{
    /// <summary>The entry that ParseJson gives in <c>outputs.errors</c>. The service validates values, not text: it knows no lines.</summary>
    public FlowValue ToValue() => new FlowObjectBuilder(8)
        .Add("message", FlowValue.String(Message))
        .Add("lineNumber", 0)
        .Add("linePosition", 0)
        .Add("path", FlowValue.String(Path))
        .AddUnlessNull("value", Value)
        .Add("schemaId", FlowValue.String(SchemaId))
        .Add("errorType", FlowValue.String(ErrorType))
        .Add("childErrors", FlowArray.Create(Children.Select(child => child.ToValue())))
        .ToValue();
}
