using System.Net;
using System.Security.Cryptography;
using System.Text;
using FlowEngine.Actions;

namespace FlowEngine.Testing;

/// <summary>Lets requests through to another handler and keeps them with their answers. One for a run and its child runs.</summary>
internal sealed class CassetteRecorder : DelegatingHandler
{
    // What an action accepts at most, and a little, so that it is the action that refuses more in its own words.
    private const long MaximumBody = (100L * 1024 * 1024) + 1;

    private readonly Lock _gate = new();
    private readonly List<CassetteCall?> _calls = [];

    /// <summary>A recorder before what answers.</summary>
    /// <param name="inner">What answers: the network, or mocks.</param>
    public CassetteRecorder(HttpMessageHandler inner)
        : base(inner)
    {
    }

    /// <summary>The cassette of what was recorded, without secrets.</summary>
    /// <param name="runs">The runs that sent the calls, at least one: their flow, their secrets.</param>
    public Cassette ToCassette(params IReadOnlyList<RunResult> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var workflow = runs[0].Workflow;
        var scrubber = new Scrubber((text, isPiece) => runs.Aggregate(text, (masked, run) => run.MaskSecrets(masked, isPiece)));
        lock (_gate)
        {
            return new Cassette
            {
                Flow = workflow.Name,
                FlowHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(workflow.Document.Text))),
                Calls = [.. _calls.OfType<CassetteCall>().Select(scrubber.Apply)],
            };
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var call = await CassetteRequests.ReadAsync(request, cancellationToken).ConfigureAwait(false);
        int place;
        lock (_gate)
        {
            // The order is that of sending, not of answering.
            place = _calls.Count;
            _calls.Add(null);
        }

        try
        {
            var answer = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            await answer.Content.LoadIntoBufferAsync(MaximumBody, cancellationToken).ConfigureAwait(false);
            Keep(place, call with { Response = await AnswerAsync(answer, cancellationToken).ConfigureAwait(false) });
            return answer;
        }
        catch (HttpRequestException e)
        {
            Keep(place, call with { Response = Faulty(e.HttpRequestError == HttpRequestError.NameResolutionError ? MockFault.Unresolved : MockFault.Reset) });
            throw;
        }
        catch (IOException)
        {
            Keep(place, call with { Response = Faulty(MockFault.Reset) });
            throw;
        }
        catch (OperationCanceledException)
        {
            Keep(place, call with { Response = Faulty(MockFault.Timeout) });
            throw;
        }
    }

    private void Keep(int place, CassetteCall call)
    {
        lock (_gate) _calls[place] = call;
    }

    private static MockResponse Faulty(MockFault fault) => new(200, [], default, TimeSpan.Zero, fault);

    private static async Task<MockResponse> AnswerAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        var headers = answer.Headers.Concat(answer.Content.Headers)
            .Where(header => !header.Key.Equals("Content-Length", StringComparison.OrdinalIgnoreCase) && !header.Key.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase))
            .Select(header => new KeyValuePair<string, IReadOnlyList<string>>(header.Key, [.. header.Value]));
        return new MockResponse((int)answer.StatusCode, [.. headers], await answer.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false), TimeSpan.Zero);
    }
}

/// <summary>A request as cassettes keep it.</summary>
internal static class CassetteRequests
{
    private static readonly MockResponse Unanswered = new(200, [], default, TimeSpan.Zero);

    public static async Task<CassetteCall> ReadAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        var headers = new FlowObjectBuilder();
        foreach (var header in request.Headers) headers.Set(header.Key, FlowValue.String(string.Join(",", header.Value)));
        string? body = null;
        if (request.Content is { } content)
        {
            foreach (var header in content.Headers) headers.Set(header.Key, FlowValue.String(string.Join(",", header.Value)));
            var bytes = await content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
            if (bytes.Length > 0) body = Encoding.UTF8.GetString(bytes);
        }

        return new CassetteCall(SenderOf(request), request.Method.Method, request.RequestUri?.AbsoluteUri ?? string.Empty, headers.ToValue(), body, Unanswered);
    }

    // The key is RUN/PATH: the path alone is the same in every run.
    private static string SenderOf(HttpRequestMessage request)
    {
        if (!request.Options.TryGetValue(HttpScope.Key, out var scope)) return string.Empty;
        var key = scope.IdempotencyKey;
        return key[(key.IndexOf('/', StringComparison.Ordinal) + 1)..];
    }
}
