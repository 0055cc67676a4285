using FlowEngine.Actions;

namespace FlowEngine.Connectors;

/// <summary>Takes an official client's requests to the run: they are recorded, mocked and guarded there like all others.</summary>
internal sealed class ScopeTransport(RunScope scope, int attempt) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await scope.SendAsync(request, attempt, cancellationToken);

        // The client reads the stream from where it stands; whoever looked at the answer before may have left it at its end.
        await response.Content.LoadIntoBufferAsync(scope.Outbound.Options.MaxResponseBytes, cancellationToken);
        var content = new ByteArrayContent(await response.Content.ReadAsByteArrayAsync(cancellationToken));
        if (response.Content.Headers.ContentType is { } type) content.Headers.ContentType = type;
        response.Content = content;
        return response;
    }
}
