using System.Net;
using System.Net.Sockets;
using FlowEngine.Actions;

namespace FlowEngine.Testing;

/// <summary>Answers every request from the entries of a mocks file; nothing leaves the process. One for a run and its child runs.</summary>
/// <param name="mocks">The entries; the first that fits answers.</param>
/// <param name="time">The clock for delays of requests that no action sends; null is the system's.</param>
public sealed class MockHttpHandler(MockSet mocks, TimeProvider? time = null) : HttpMessageHandler
{
    private readonly (HttpMock Mock, Turns<MockResponse> Turns)[] _entries =
        [.. mocks.Http.Select(mock => (mock, new Turns<MockResponse>(mock.Responses)))];

    /// <summary>How many requests each entry answered, in the order of the entries.</summary>
    public IReadOnlyList<int> Answered => [.. _entries.Select(entry => entry.Turns.Count)];

    /// <summary>Answers.</summary>
    /// <exception cref="RequestRefusedException">No entry fits: code <c>MockNotFound</c>, with the nearest entry and what differs.</exception>
    /// <exception cref="HttpRequestException">The fault that the entry asks for.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var seen = await MockRequest.ReadAsync(request, cancellationToken).ConfigureAwait(false);
        var response = Find(seen).Next();
        if (response.Delay > TimeSpan.Zero) await WaitAsync(request, response.Delay, cancellationToken).ConfigureAwait(false);
        switch (response.Fault)
        {
            case MockFault.Timeout:
                await WaitAsync(request, Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
                break;
            case MockFault.Reset:
                throw new HttpRequestException("An error occurred while sending the request.", new SocketException((int)SocketError.ConnectionReset));
            case MockFault.Unresolved:
                throw new HttpRequestException(HttpRequestError.NameResolutionError, $"No such host is known. ({seen.Uri})", new SocketException((int)SocketError.HostNotFound));
        }

        return CreateMessage(response, request);
    }

    private Turns<MockResponse> Find(MockRequest request)
    {
        var nearest = -1;
        var nearestNearness = int.MinValue;
        List<string> nearestDifferences = [];
        for (var i = 0; i < _entries.Length; i++)
        {
            var (mock, turns) = _entries[i];
            var differences = mock.Match.DifferencesFrom(request);
            if (differences.Count == 0) return turns;
            var nearness = mock.Match.NearnessTo(request, differences.Count);
            if (nearness <= nearestNearness) continue;
            (nearest, nearestNearness, nearestDifferences) = (i, nearness, differences);
        }

        var hint = nearest < 0
            ? "There are no mocks of HTTP requests."
            : $"The nearest is {_entries[nearest].Mock.Match.Describe()}: {string.Join("; ", nearestDifferences)}.";
        throw new RequestRefusedException(RequestRefusedException.MockNotFound, $"No mock answers {request.Method} {request.Uri}. {hint}");
    }

    // On the run's clock, where an action sends the request: so that mocked time-outs cost no time.
    private async Task WaitAsync(HttpRequestMessage request, TimeSpan duration, CancellationToken cancellation)
    {
        if (request.Options.TryGetValue(HttpScope.Key, out var scope)) await scope.DelayAsync(duration, cancellation).ConfigureAwait(false);
        else await Task.Delay(duration, time ?? TimeProvider.System, cancellation).ConfigureAwait(false);
    }

    private static HttpResponseMessage CreateMessage(MockResponse response, HttpRequestMessage request)
    {
        var message = new HttpResponseMessage((HttpStatusCode)response.Status)
        {
            RequestMessage = request,
            Content = new ReadOnlyMemoryContent(response.Body),
        };
        foreach (var (name, values) in response.Headers)
        {
            // Names and values were checked when the mocks were read; headers of the content are refused by those of the message.
            if (!message.Headers.TryAddWithoutValidation(name, values)) message.Content.Headers.TryAddWithoutValidation(name, values);
        }

        return message;
    }
}
