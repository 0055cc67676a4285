namespace FlowEngine;

/// <summary>Sends each request by a client of the host: an <c>IHttpClientFactory</c> changes the handlers behind its clients from time to time.</summary>
internal sealed class HostClient(Func<HttpClient> create) : HttpMessageInvoker(new Unused())
{
    public override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        // The factory's clients need no disposal; their handlers are shared.
        create().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    private sealed class Unused : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new NotSupportedException("The host's client sends.");
    }
}
