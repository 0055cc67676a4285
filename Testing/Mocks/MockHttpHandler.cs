using FlowEngine.Actions;

namespace FlowEngine.Testing;

/// <summary>Answers every request from the entries of a mocks file; nothing leaves the process. One for a run and its child runs.</summary>
/// <param name="mocks">The entries; the first that fits answers.</param>
/// <param name="time">The clock for delays of requests that no action sends; null is the system's.</param>
public sealed class MockHttpHandler(MockSet mocks, TimeProvider? time = null) : HttpMessageHandler
{
    private readonly (HttpMock Mock, Turns<MockResponse> Turns, CallCounter Calls)[] _entries =
        [.. mocks.Http.Select(mock => (mock, new Turns<MockResponse>(mock.Responses), new CallCounter(mock.Calls)))];

    private readonly ScenarioStates _scenarios = new();

    /// <summary>How many requests each entry answered, in the order of the entries.</summary>
    internal IReadOnlyList<int> Answered => [.. _entries.Select(entry => entry.Turns.Count)];

    /// <summary>Answers.</summary>
    /// <exception cref="RequestRefusedException">No entry fits: code <c>MockNotFound</c>, with the nearest entry and what differs.</exception>
    /// <exception cref="HttpRequestException">The fault that the entry asks for.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var seen = await MockRequest.ReadAsync(request, cancellationToken).ConfigureAwait(false);
        var (mock, turns) = Find(seen);
        return await MockAnswers.SendAsync(Answer(mock, turns.Next(), seen), request, seen.Uri, time, cancellationToken).ConfigureAwait(false);
    }

    private static MockResponse Answer(HttpMock mock, MockResponse response, MockRequest request)
    {
        if (mock.Answer is not { } answer) return response;
        try
        {
            return answer(new MockedRequest(request));
        }
        catch (Exception e)
        {
            throw new RequestRefusedException(MockAnswers.MockFailed, $"The mock of {mock.Match.Describe()} threw {e.GetType().Name}: {e.Message}");
        }
    }

    private (HttpMock Mock, Turns<MockResponse> Turns) Find(MockRequest request)
    {
        var nearest = -1;
        var nearestNearness = int.MinValue;
        List<string> nearestDifferences = [];
        for (var i = 0; i < _entries.Length; i++)
        {
            var (mock, turns, calls) = _entries[i];
            var differences = mock.Match.DifferencesFrom(request);
            if (differences.Count == 0)
            {
                if (!_scenarios.Takes(mock.Scenario)) differences.Add($"the scenario '{mock.Scenario!.Name}' is in state '{_scenarios.Of(mock.Scenario.Name)}', not '{mock.Scenario.RequiredState}'"); // Without one it takes.
                else if (calls.Takes()) return (mock, turns);
                else differences.Add($"it answers only call {string.Join(", ", mock.Calls)} of those that fit, and this is call {calls.Seen}");
            }

            var nearness = mock.Match.NearnessTo(request, differences.Count);
            if (nearness <= nearestNearness) continue;
            (nearest, nearestNearness, nearestDifferences) = (i, nearness, differences);
        }

        var hint = nearest < 0
            ? "There are no mocks of HTTP requests."
            : $"The nearest is {_entries[nearest].Mock.Match.Describe()}: {string.Join("; ", nearestDifferences)}.";
        throw new RequestRefusedException(RequestRefusedException.MockNotFound, $"No mock answers {request.Method} {request.Uri}. {hint}");
    }
}
