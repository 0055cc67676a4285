using System.Text;
using FlowEngine.Actions;
using Microsoft.OpenApi;

namespace FlowEngine.Connectors;

/// <summary>Makes the request of a call, as the operation's document says.</summary>
internal static class RequestBuilder
{
    /// <summary>Checks the call's values against the operation and makes the request.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="call">The call.</param>
    /// <param name="pathValues">Values found in the call's path, decoded; empty where it gives parameters.</param>
    /// <param name="server">The API's address.</param>
    /// <exception cref="ConnectorException">A value is missing, does not fit or can't be sent.</exception>
    public static ConnectorRequest Build(ConnectorOperation operation, ConnectorCall call, IReadOnlyDictionary<string, string> pathValues, Uri server)
    {
        try
        {
            return call.Path is null
                ? FromParameters(operation, CallParameters.OfFlat(operation, call.Parameters), server, call.Host.ConnectionName)
                : FromParts(operation, CallParameters.OfParts(operation, pathValues, QueryOf(call.Path), call.Queries, call.Headers, call.Body), call, server);
        }
        catch (MessageFormatException e)
        {
            throw new ConnectorException(ActionCodes.BadRequest, HttpFailures.Of(e.Message).Message);
        }
    }

    private static ConnectorRequest FromParameters(ConnectorOperation operation, CallParameters values, Uri server, string? connection)
    {
        var path = operation.Path;
        foreach (var (parameter, value) in values.In(ParameterLocation.Path)) path = path.Replace($"{{{parameter.Name}}}", ParameterText.InPath(parameter, value), StringComparison.Ordinal);
        path = path.Replace(PathTemplate.ConnectionId, Uri.EscapeDataString(connection ?? "connection"), StringComparison.Ordinal);
        var request = Create(operation, values, server, path, []);
        AddBody(request, operation.Body, values);
        return request;
    }

    private static string QueryOf(string path) => path.IndexOf('?', StringComparison.Ordinal) is >= 0 and var mark ? path[(mark + 1)..].Split('#')[0] : string.Empty;

    // The path stands as the flow wrote it: its values are encoded already.
    private static ConnectorRequest FromParts(ConnectorOperation operation, CallParameters values, ConnectorCall call, Uri server)
    {
        bool IsKnown(string name, ParameterLocation place) => operation.Parameters.Any(parameter => parameter.In == place && parameter.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        var others = call.Queries.Where(query => !IsKnown(query.Key, ParameterLocation.Query)).Select(query => $"{Uri.EscapeDataString(query.Key)}={Uri.EscapeDataString(ParameterText.Of(query.Value))}");
        var request = Create(operation, values, server, call.Path!, [.. others]); // The caller looked.
        AddBody(request, operation.Body, values);
        foreach (var (name, value) in call.Headers)
        {
            if (!IsKnown(name, ParameterLocation.Header)) AddHeader(request, name, HeaderGuard.TextOf(value));
        }

        return request;
    }

    private static ConnectorRequest Create(ConnectorOperation operation, CallParameters values, Uri server, string path, List<string> query)
    {
        var fields = new List<string>();
        foreach (var (parameter, value) in values.In(ParameterLocation.Query)) ParameterText.AddFields(parameter, value, fields);
        fields.AddRange(query);
        CheckSegments(path);
        var address = server.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/" + path.TrimStart('/');
        if (fields.Count > 0) address += (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + string.Join('&', fields);
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri)) throw new MessageFormatException($"The operation '{operation.Name}' makes no address of '{path}'.");
        var request = new ConnectorRequest { Method = operation.Method, Uri = uri };
        foreach (var (parameter, value) in values.In(ParameterLocation.Header)) AddHeader(request, parameter.Name, ParameterText.InHeader(parameter, value));
        var cookies = values.In(ParameterLocation.Cookie).Select(cookie => $"{cookie.Parameter.Name}={Uri.EscapeDataString(ParameterText.Of(cookie.Value))}").ToList();
        if (cookies.Count > 0) request.Headers.Add(new("Cookie", string.Join("; ", cookies)));
        return request;
    }

    // Addresses are shortened by such segments, escaped ones too: a value would lead to another operation.
    private static void CheckSegments(string path)
    {
        var end = path.AsSpan().IndexOfAny('?', '#');
        foreach (var segment in (end < 0 ? path : path[..end]).Split('/'))
        {
            if (Uri.UnescapeDataString(segment) is "." or "..") throw new MessageFormatException($"the path '{path}' has a segment that is '.' or '..'");
        }
    }

    private static void AddHeader(ConnectorRequest request, string name, string value)
    {
        HeaderGuard.Check(name, value);
        if (name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)) request.ContentType = value;
        else if (!HeaderGuard.IsDropped(name)) request.Headers.Add(new(name, value));
    }

    private static void AddBody(ConnectorRequest request, ConnectorBody? body, CallParameters values)
    {
        if (!values.HasBody) return;
        var encoded = body is { IsForm: true } && values.Body.AsObjectOrNull is { } fields && BinaryContent.FromValue(values.Body) is null && !fields.Contains("$multipart")
            ? EncodeForm(body, fields)
            : Encode(body, values.Body);
        if (encoded is null) return;
        request.Body = encoded.Bytes;
        request.ContentType ??= encoded.ContentType;
    }

    private static EncodedBody? Encode(ConnectorBody? body, FlowValue value)
    {
        if (body is null) return MessageBody.Encode(value);
        var isJson = MessageBody.IsJson(body.ContentType);
        if (value.AsStringOrNull is { } text)
        {
            // A text in JSON is quoted; one that stands for an object (a flow composed it) goes out as it is.
            var isText = isJson && body.Schema?.Type is { } type && type.HasFlag(JsonSchemaType.String);
            return new EncodedBody(Encoding.UTF8.GetBytes(isText ? value.ToJson() : text), body.ContentType);
        }

        var encoded = MessageBody.Encode(value);
        return encoded is { ContentType: MessageBody.JsonType } && isJson ? encoded with { ContentType = body.ContentType } : encoded;
    }

    private static EncodedBody? EncodeForm(ConnectorBody body, FlowObject fields)
    {
        if (!body.IsMultipart)
        {
            var pairs = new List<string>();
            foreach (var (name, value) in fields)
            {
                if (!value.IsNull) ParameterText.AddFields(body.Fields.GetValueOrDefault(name) ?? new ConnectorParameter(name, ParameterLocation.Query) { Style = ParameterStyle.Form, Explode = true }, value, pairs);
            }

            return new EncodedBody(Encoding.UTF8.GetBytes(string.Join('&', pairs)), body.ContentType);
        }

        var parts = new List<FlowValue>();
        foreach (var (name, value) in fields)
        {
            if (value.IsNull) continue;
            var isFile = BinaryContent.FromValue(value) is not null || (body.Schema?.Properties?.TryGetValue(name, out var schema) == true && schema.Format == "binary");
            var disposition = $"form-data; name=\"{Quoted(name)}\"" + (isFile ? $"; filename=\"{Quoted(name)}\"" : string.Empty);
            parts.Add(FlowValue.Object(("headers", FlowValue.Object(("Content-Disposition", FlowValue.String(disposition)))), ("body", value.IsNumber || value.IsBoolean ? FlowValue.String(value.ToJson()) : value)));
        }

        return Multipart.Write(body.ContentType, FlowArray.Create(parts));
    }

    // As browsers do (HTML, "multipart/form-data"): a name must not end its header.
    private static string Quoted(string name) =>
        name.Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal).Replace("\"", "%22", StringComparison.Ordinal);
}
