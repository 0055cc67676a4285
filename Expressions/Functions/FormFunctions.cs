namespace FlowEngine.Expressions;

/// <summary>The functions that read fields of forms and parts of multipart content.</summary>
/// <remarks>
/// The content type comes from the <c>headers</c> of the outputs, the fields from <c>$formdata</c> of the body, else from its
/// <c>$multipart</c> parts, which <c>Content-Disposition</c> names. Messages: measured, expressions reference section 4.
/// </remarks>
internal static class FormFunctions
{
    public static readonly FunctionTable Table = new()
    {
        Of("formDataValue", Field, "The value of a field of a form that an action received; null where there is none.", isTrigger: false),
        Of("formDataMultiValues", Fields, "All values of a field of a form that an action received.", isTrigger: false),
        Of("multipartBody", Part, "The body of a part of multipart content that an action received.", isTrigger: false),
        Of("triggerFormDataValue", Field, "The value of a field of the form that the trigger received; null where there is none.", isTrigger: true),
        Of("triggerFormDataMultiValues", Fields, "All values of a field of the form that the trigger received.", isTrigger: true),
        Of("triggerMultipartBody", Part, "The body of a part of the multipart content that the trigger received.", isTrigger: true),
    };

    private delegate FlowValue FormReader(string function, FlowValue outputs, FlowValue key);

    private static FunctionSpec Of(string name, FormReader read, string summary, bool isTrigger)
    {
        var key = read == Part ? "index: Integer, from 0" : "key: String, the field's name";
        return new FunctionSpec(name, isTrigger ? 1 : 2, isTrigger ? 1 : 2, call => isTrigger
            ? new FormCall(name, read, call.Scope.BindReference(new ReferenceCall(ReferenceFunction.TriggerOutputs, call.Name, null, null)), call.Argument(0))
            : new FormCall(name, read, WorkflowFunctions.BindNamed(call, ReferenceFunction.Outputs), call.Argument(1)))
        {
            Summary = summary,
            Parameters = isTrigger ? [key] : ["actionName: String", key],
            Source = $"expression-functions-reference#{name}; recorded",
        };
    }

    private static FlowValue Field(string function, FlowValue outputs, FlowValue key)
    {
        var values = Values(function, outputs, key);
        return values.Count switch
        {
            0 => default,
            1 => values[0],
            _ => throw NotRetrieved(function, "formdata", $"There are more than one items matching the field name '{key.AsString}'."),
        };
    }

    private static FlowValue Fields(string function, FlowValue outputs, FlowValue key) => FlowArray.Create(Values(function, outputs, key));

    private static FlowValue Part(string function, FlowValue outputs, FlowValue index)
    {
        var type = ContentType(outputs);
        if (type is null || !MediaType(type).StartsWith("multipart/", StringComparison.OrdinalIgnoreCase))
            throw NotRetrieved(function, "multipart", $"The supported multipart content type is 'multipart/*' and the provided content type is '{type ?? "<null>"}'. ");
        if (!index.IsInteger) throw NotValid(function);
        var parts = outputs["body"]["$multipart"].AsArrayOrNull ?? FlowArray.Empty;
        if (index.AsInteger < 0 || index.AsInteger >= parts.Count)
            throw NotRetrieved(function, "multipart", $"The index value '{index.AsInteger}' exceeds the number of multipart contents '{parts.Count}' in the outputs.");
        return parts[(int)index.AsInteger]["body"];
    }

    private static List<FlowValue> Values(string function, FlowValue outputs, FlowValue key)
    {
        var type = ContentType(outputs);
        if (type is null || MediaType(type).ToUpperInvariant() is not ("MULTIPART/FORM-DATA" or "APPLICATION/X-WWW-FORM-URLENCODED"))
        {
            throw NotRetrieved(
                function,
                "formdata",
                $"The output content is not a valid form data content. Supported form data content types are 'multipart/form-data' and 'application/x-www-form-urlencoded' and the provided content type is '{type ?? "<null>"}'.");
        }

        var name = key.AsStringOrNull ?? throw NotValid(function);
        var body = outputs["body"];
        var values = new List<FlowValue>();
        if (body["$formdata"].AsArrayOrNull is { } fields)
        {
            foreach (var field in fields)
            {
                if (field["key"].AsStringOrNull == name) values.Add(field["value"]);
            }
        }
        else if (body["$multipart"].AsArrayOrNull is { } parts)
        {
            foreach (var part in parts)
            {
                if (FieldName(part) == name) values.Add(part["body"]);
            }
        }

        return values;
    }

    private static string? ContentType(FlowValue outputs) => outputs["headers"]["Content-Type"].AsStringOrNull;

    private static string MediaType(string contentType) => contentType.Split(';')[0].Trim();

    private static string? FieldName(FlowValue part)
    {
        foreach (var piece in (part["headers"]["Content-Disposition"].AsStringOrNull ?? string.Empty).Split(';', StringSplitOptions.TrimEntries))
        {
            if (piece.StartsWith("name=", StringComparison.OrdinalIgnoreCase)) return piece["name=".Length..].Trim('"');
        }

        return null;
    }

    private static ExpressionException NotRetrieved(string function, string what, string why) =>
        new($"The template language function '{function}' failed to retrieve {what} contents from outputs. {why}");

    private static ExpressionException NotValid(string function) =>
        new($"The provided parameters for template language function '{function}' are not valid.");

    private sealed class FormCall(string function, FormReader read, Expression outputs, Expression key) : Expression
    {
        public override FlowValue Evaluate(EvaluationContext context)
        {
            var current = outputs;
            try
            {
                var from = outputs.Evaluate(context);
                current = key;
                var which = key.Evaluate(context);
                current = this;
                return read(function, from, which);
            }
            catch (ExpressionException e) when (e.Claim(current.Source, current.Span))
            {
                throw;
            }
        }
    }
}
