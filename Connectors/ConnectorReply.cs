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

        return new ConnectorResponse { StatusCode = StatusCode, Headers = Headers, Body = body.Value, HasBody = body.IsPresent, RetryAfter = RetryAfter(now) };
    }

    private TimeSpan? RetryAfter(DateTimeOffset now)
    {
        if (Headers["Retry-After"].AsStringOrNull is not { } text) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return TimeSpan.FromSeconds(seconds);
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)) return null;
        return date > now ? date - now : TimeSpan.Zero;
    }
}
