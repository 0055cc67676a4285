namespace FlowEngine.Actions;

/// <summary>How much a server may be asked: over all runs of an engine that share a clock.</summary>
/// <param name="Host">
/// A host name, with its port where it is not the scheme's own (<c>api.example</c>, <c>localhost:8080</c>); <c>*</c> stands for any run of
/// characters. The first limit that fits holds; each host that fits has a count of its own. The name of a connection is taken too, and goes before the
/// host that it leads to.
/// </param>
public sealed record HostLimit(string Host)
{
    /// <summary>How many requests may begin within <see cref="Period"/>; null is any number.</summary>
    public int? Requests { get; init; }

    /// <summary>What <see cref="Requests"/> counts over: any stretch of that length, not one that starts at a full second.</summary>
    public TimeSpan Period { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How many requests may be under way at once; null is any number.</summary>
    public int? Concurrency { get; init; }

    /// <summary>When a server that fails is left alone for a while; null is never.</summary>
    public CircuitBreaker? Breaker { get; init; }

    /// <summary>Refuses numbers that make no sense before the first run meets them.</summary>
    /// <exception cref="ArgumentException">What is wrong.</exception>
    internal void Check()
    {
        var shortest = TimeSpan.FromSeconds(0.5);
        if (Requests is < 1) Refuse(nameof(Requests), "1 or more");
        if (Requests is not null && Period <= TimeSpan.Zero) Refuse(nameof(Period), "longer than nothing");
        if (Concurrency is < 1) Refuse(nameof(Concurrency), "1 or more");
        if (Breaker is not { } breaker) return;
        if (breaker.FailureRatio is not (> 0 and <= 1)) Refuse(nameof(CircuitBreaker.FailureRatio), "above 0 and up to 1");
        if (breaker.MinimumRequests < 2) Refuse(nameof(CircuitBreaker.MinimumRequests), "2 or more");
        if (breaker.Sampling < shortest || breaker.Sampling > TimeSpan.FromDays(1)) Refuse(nameof(CircuitBreaker.Sampling), "half a second to a day");
        if (breaker.Break < shortest || breaker.Break > TimeSpan.FromDays(1)) Refuse(nameof(CircuitBreaker.Break), "half a second to a day");

        void Refuse(string name, string allowed) => throw new ArgumentException($"The limit of '{Host}' is not valid: {name} must be {allowed}.");
    }
}

/// <summary>When a server that fails is left alone for a while. Failures are 5xx and requests without an answer.</summary>
/// <param name="FailureRatio">From which share of failures on, above 0 and up to 1.</param>
/// <param name="MinimumRequests">From how many requests within <paramref name="Sampling"/> on the share counts; 2 and more.</param>
/// <param name="Sampling">Over which time, half a second to a day.</param>
/// <param name="Break">For how long no request is sent, half a second to a day.</param>
public sealed record CircuitBreaker(double FailureRatio, int MinimumRequests, TimeSpan Sampling, TimeSpan Break);
