using System.Globalization;
using FlowEngine.Actions;

namespace FlowEngine.Connectors;

/// <summary>An answer on its way in: read from the wire or made by a policy, changed by policies, then handed to the action.</summary>
internal sealed class ConnectorReply
{
    public required int StatusCode { get; set; }

    /// <summary>The words beside the status; null for the usual ones.</summary>
    public string? Reason { get; set; }

    /// <summary>Object of text.</summary>
    public FlowObject Headers { get; set; } = FlowObject.Empty;

    public byte[] Body { get; set; } = [];

    /// <summary>Null where the answer names none.</summary>
    public string? ContentType { get; set; }

    /// <summary>An answer that a policy makes because something is wrong, as API Management words it.</summary>
    public static ConnectorReply Error(int status, string message)
    {
        var body = FlowValue.Object(("statusCode", status), ("message", FlowValue.String(message)));
        var bytes = System.Text.Encoding.UTF8.GetBytes(body.ToJson());
        return new ConnectorReply
        {
            StatusCode = status,
            Headers = FlowValue.Object(("Content-Type", FlowValue.String(MessageBody.JsonType)), ("Content-Length", FlowValue.String(bytes.Length.ToString(CultureInfo.InvariantCulture)))).AsObject,
            ContentType = MessageBody.JsonType,
            Body = bytes,
        };
    }

    /// <summary>Sets a header; null removes it.</summary>
    public void SetHeader(string name, string? value)
    {
        if (name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)) ContentType = value;
        var known = Headers.IndexOf(name);
        var headers = new FlowObjectBuilder(Headers.Count + 1);
        for (var i = 0; i < Headers.Count; i++)
        {
            if (i != known) headers.Add(Headers.Names[i], Headers.Values[i]);
            else if (value is not null) headers.Add(Headers.Names[i], FlowValue.String(value));
        }

        if (known < 0 && value is not null) headers.Add(name, FlowValue.String(value));
        Headers = headers.ToObject();
    }

    /// <summary>One that can be changed by itself.</summary>
    public ConnectorReply Copy() => new() { StatusCode = StatusCode, Reason = Reason, Headers = Headers, Body = Body, ContentType = ContentType };

    public static ConnectorReply Of(HttpAnswer answer) => new()
    {
        StatusCode = answer.StatusCode,
        Headers = answer.Headers.AsObjectOrNull ?? FlowObject.Empty,
        Body = answer.Body,
        ContentType = answer.ContentType,
    };

    /// <summary>As the action gets it.</summary>
    /// <param name="operation">Says what a body without a content type is.</param>
    /// <param name="now">The clock, for a <c>Retry-After</c> that is a date.</param>
    /// <exception cref="ConnectorException">The body says JSON and is none.</exception>
    public ConnectorResponse ToResponse(ConnectorOperation operation, DateTimeOffset now)
    {
        var status = StatusCode.ToString(CultureInfo.InvariantCulture);
        var type = ContentType ?? operation.Produces.GetValueOrDefault(status) ?? operation.Produces.GetValueOrDefault("default") ?? operation.Produces.Values.FirstOrDefault();
        var body = MessageBody.Decode(Body, type, MessageKind.Response);
        if (body.JsonError is { } wrong)
        {
            if (ContentType is not null) throw new ConnectorException(ActionCodes.BadRequest, HttpFailures.InvalidJson(wrong).Message);
            body = MessageBody.Decode(Body, null, MessageKind.Response); // What the document promises binds nobody.
        }

        return new ConnectorResponse { StatusCode = StatusCode, Headers = Headers, Body = body.Value, HasBody = body.IsPresent, RetryAfter = RetryAfter.Read(Headers["Retry-After"].AsStringOrNull, now) };
    }
}
