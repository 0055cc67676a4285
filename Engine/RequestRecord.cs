using System.Runtime.CompilerServices;
using FlowEngine.Actions;

namespace FlowEngine;

/// <summary>One HTTP request of a run, as it went out.</summary>
public sealed class RequestRecord
{
    private readonly ActionExecution _sender;
    private readonly byte[] _bytes;
    private readonly string? _contentType;
    private StrongBox<FlowValue>? _body;

    private RequestRecord(ActionExecution sender, int attempt, string method, string uri, FlowValue headers, byte[] bytes, string? contentType)
    {
        _sender = sender;
        Path = sender.PathWithIndexes();
        Repetition = sender.RepetitionIndexes();
        Attempt = attempt;
        Method = method;
        Uri = uri;
        Headers = headers;
        _bytes = bytes;
        _contentType = contentType;
    }

    /// <summary>The action that sent it.</summary>
    public string Action => _sender.Plan.Name;

    /// <summary>The run's id.</summary>
    public string RunId => _sender.Run.Id;

    /// <summary>The action's path with indexes, such as <c>Try/For_each[2]/Post</c>.</summary>
    public string Path { get; }

    /// <summary>Indexes of the loops around, outermost first.</summary>
    public FlowArray Repetition { get; }

    /// <summary>From 1.</summary>
    public int Attempt { get; }

    /// <summary>The HTTP method, in capitals.</summary>
    public string Method { get; }

    /// <summary>Absolute, as on the wire.</summary>
    public string Uri { get; }

    /// <summary><see cref="Uri"/> with the run's secrets masked, as far as they are known by now.</summary>
    public string MaskedUri => _sender.Plan.Secured.HasFlag(SecuredParts.Inputs) ? SecretMask.Sanitized.AsString : _sender.Run.MaskSecrets(Uri);

    /// <summary>A text about the request with the run's secrets masked, as far as they are known by now.</summary>
    public string MaskSecrets(string text) => _sender.Run.MaskSecrets(text);

    /// <summary>Header name to text.</summary>
    public FlowValue Headers { get; }

    /// <summary>Parsed where it is JSON, else text, else a content object; see <see cref="HasBody"/>.</summary>
    // Read when somebody asks, as the action knows what it sends: a tenth of the time of a request that a mock answers. Any thread; whoever comes second may read it again.
    public FlowValue Body => (_body ??= new StrongBox<FlowValue>(MessageBody.Describe(_bytes, _contentType).Value)).Value;

    /// <summary>Whether bytes were sent.</summary>
    public bool HasBody => _bytes.Length > 0;

    /// <summary>Whether the body is a piece of a longer one, sent in chunks.</summary>
    internal bool IsPiece => Headers["Content-Range"].IsString;

    /// <summary>The answer's status; null where none came.</summary>
    public int? StatusCode { get; private set; }

    /// <summary>Why no answer came; null where one did.</summary>
    public string? Error { get; private set; }

    /// <summary><see cref="Error"/> with the run's secrets masked, as far as they are known by now: it may quote the request.</summary>
    public string? MaskedError => Error is null ? null : _sender.Plan.Secured.HasFlag(SecuredParts.Inputs) ? SecretMask.Sanitized.AsString : _sender.Run.MaskSecrets(Error);

    /// <summary>The code of the policy that kept it from being sent, such as <c>EgressDenied</c>; null where none did.</summary>
    public string? Refusal { get; private set; }

    internal static async Task<RequestRecord> OfAsync(ActionExecution execution, HttpRequestMessage request, int attempt, CancellationToken cancellation)
    {
        var headers = new FlowObjectBuilder();
        foreach (var header in request.Headers) headers.Set(header.Key, FlowValue.String(string.Join(",", header.Value)));
        byte[] bytes = [];
        if (request.Content is { } content)
        {
            foreach (var header in content.Headers) headers.Set(header.Key, FlowValue.String(string.Join(",", header.Value)));
            bytes = await content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
        }

        return new RequestRecord(
            execution,
            attempt,
            request.Method.Method,
            request.RequestUri!.AbsoluteUri, // The Http action refuses a missing or relative address.
            headers.ToValue(),
            bytes,
            request.Content?.Headers.ContentType?.ToString());
    }

    internal void Answered(int statusCode) => StatusCode = statusCode;

    internal void Failed(string error, string? refusal)
    {
        Error = error;
        Refusal = refusal;
    }
}
