using Polly;
using Polly.CircuitBreaker;

namespace FlowEngine.Actions;

/// <summary>What stands before one host: a rate, a number of places, a circuit breaker. All waits are on the run's clock.</summary>
internal sealed class HostGate
{
    private readonly HostLimit _limit;
    private readonly string _host;
    private readonly RequestRate? _rate;
    private readonly PlaceQueue? _places;
    private readonly ResiliencePipeline<HttpAnswer>? _breaker;

    public HostGate(HostLimit limit, string host, TimeProvider time)
    {
        _limit = limit;
        _host = host;
        Memory = (limit.Requests is null ? TimeSpan.Zero : limit.Period) + (limit.Breaker is { } breaks ? breaks.Sampling + breaks.Break : TimeSpan.Zero);
        if (limit.Requests is { } requests) _rate = new RequestRate(requests, limit.Period);
        if (limit.Concurrency is { } places) _places = new PlaceQueue(places);
        if (limit.Breaker is { } breaker) _breaker = Create(breaker, time);
    }

    /// <summary>For how long after its last use what it remembers matters.</summary>
    public TimeSpan Memory { get; }

    /// <summary>How many use it at present. Kept by <see cref="HostGates"/>, as is <see cref="MattersUntil"/>.</summary>
    public int Users { get; set; }

    /// <summary>From when on it may be forgotten, once nobody uses it.</summary>
    public DateTimeOffset MattersUntil { get; set; }

    /// <summary>Waits for a place and for the time when the rate lets the request go.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled; no place is taken then.</exception>
    public async ValueTask EnterAsync(RunScope scope, CancellationToken cancellation)
    {
        if (_places is not null) await _places.EnterAsync(scope, cancellation);
        try
        {
            if (_rate is null) return;
            await WaitAsync(_rate, scope, cancellation);
        }
        catch
        {
            Leave();
            throw;
        }
    }

    private static async ValueTask WaitAsync(RequestRate rate, RunScope scope, CancellationToken cancellation)
    {
        var moment = rate.Reserve(scope.Time.GetUtcNow());
        try
        {
            if (moment - scope.Time.GetUtcNow() is var wait && wait > TimeSpan.Zero) await scope.DelayAsync(wait, cancellation);
        }
        catch
        {
            rate.Release(moment);
            throw;
        }
    }

    /// <summary>The request has ended.</summary>
    public void Leave() => _places?.Leave();

    /// <summary>Sends unless the server is being left alone.</summary>
    /// <exception cref="ServerLeftAloneException">It is.</exception>
    public async ValueTask<HttpAnswer> SendAsync(Func<CancellationToken, ValueTask<HttpAnswer>> send, CancellationToken cancellation)
    {
        if (_breaker is null) return await send(cancellation);
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: true, cancellation);
        try
        {
            return await _breaker.ExecuteAsync(static (context, send) => send(context.CancellationToken), context, send);
        }
        catch (BrokenCircuitException)
        {
            throw new ServerLeftAloneException(_host, _limit.Breaker!.Break); // There is a breaker.
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static ResiliencePipeline<HttpAnswer> Create(CircuitBreaker breaker, TimeProvider time) =>
        new ResiliencePipelineBuilder<HttpAnswer> { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<HttpAnswer>
            {
                FailureRatio = breaker.FailureRatio,
                MinimumThroughput = breaker.MinimumRequests,
                SamplingDuration = breaker.Sampling,
                BreakDuration = breaker.Break,
                ShouldHandle = static args => new ValueTask<bool>(
                    args.Outcome.Result is { } answer ? answer.StatusCode >= 500 : args.Outcome.Exception is { } failure && HttpFailures.IsServersFault(failure)),
            })
            .Build();
}

/// <summary>The circuit breaker of a server is open: the request was not sent.</summary>
/// <param name="host">The server.</param>
/// <param name="pause">For how long it is left alone.</param>
internal sealed class ServerLeftAloneException(string host, TimeSpan pause)
    : Exception($"The server '{host}' has failed too often; no request is sent to it for {System.Xml.XmlConvert.ToString(pause)}.");
