using FlowEngine.Actions;

namespace FlowEngine.Connectors;

/// <summary>Takes an official client's requests to the run: they are recorded, mocked, guarded and kept to the limits of their host there like all others.</summary>
internal sealed class ScopeTransport(RunScope scope, LimitPlace place, int attempt) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await ServerAccess.SendForResponseAsync(scope, request, place, scope.Outbound.Options.RequestTimeout ?? ConnectorTransport.DefaultTimeout, attempt, cancellationToken);

        // The client reads the stream from where it stands, and it has been read.
        var content = new ByteArrayContent(await response.Content.ReadAsByteArrayAsync(cancellationToken));
        if (response.Content.Headers.ContentType is { } type) content.Headers.ContentType = type;
        response.Content = content;
        return response;
    }
}
