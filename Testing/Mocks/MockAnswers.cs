using System.Net;
using System.Net.Sockets;
using FlowEngine.Actions;

namespace FlowEngine.Testing;

/// <summary>Gives the answers of mocks and cassettes: waits first, then answers or fails.</summary>
internal static class MockAnswers
{
    /// <summary>The code of an action whose mock in code threw.</summary>
    public const string MockFailed = "MockFailed";

    /// <summary>Gives one answer.</summary>
    /// <exception cref="HttpRequestException">The fault that the answer asks for.</exception>
    public static async Task<HttpResponseMessage> SendAsync(MockResponse response, HttpRequestMessage request, string uri, TimeProvider? time, CancellationToken cancellation)
    {
        if (response.Delay > TimeSpan.Zero) await WaitAsync(request, response.Delay, time, cancellation).ConfigureAwait(false);
        switch (response.Fault)
        {
            case MockFault.Timeout:
                await WaitAsync(request, Timeout.InfiniteTimeSpan, time, cancellation).ConfigureAwait(false);
                break;
            case MockFault.Reset:
                throw new HttpRequestException("An error occurred while sending the request.", new SocketException((int)SocketError.ConnectionReset));
            case MockFault.Unresolved:
                throw new HttpRequestException(HttpRequestError.NameResolutionError, $"No such host is known. ({uri})", new SocketException((int)SocketError.HostNotFound));
        }

        return CreateMessage(response, request);
    }

    // On the run's clock, where an action sends the request: so that mocked time-outs cost no time.
    private static async Task WaitAsync(HttpRequestMessage request, TimeSpan duration, TimeProvider? time, CancellationToken cancellation)
    {
        if (request.Options.TryGetValue(HttpScope.Key, out var scope)) await scope.DelayAsync(duration, cancellation).ConfigureAwait(false);
        else await Task.Delay(duration, time ?? TimeProvider.System, cancellation).ConfigureAwait(false);
    }

    private static HttpResponseMessage CreateMessage(MockResponse response, HttpRequestMessage request)
    {
        var message = new HttpResponseMessage((HttpStatusCode)response.Status)
        {
            RequestMessage = request,
            Content = response.Fault == MockFault.Truncated ? new TruncatedContent(response.Body) : new ReadOnlyMemoryContent(response.Body),
        };
        foreach (var (name, values) in response.Headers)
        {
            // Names and values were checked when they were read; headers of the content are refused by those of the message.
            if (!message.Headers.TryAddWithoutValidation(name, values)) message.Content.Headers.TryAddWithoutValidation(name, values);
        }

        return message;
    }
}
