namespace FlowEngine.Connectors;

/// <summary>One policy of a section. Made once, used by all calls at once.</summary>
internal interface IPolicy
{
    /// <summary>Does what the policy says to the call.</summary>
    /// <exception cref="PolicyEndedException">It ends the sections.</exception>
    ValueTask RunAsync(PolicyContext context, CancellationToken cancellation);
}

/// <summary>Several policies in order.</summary>
internal sealed class PolicySequence(IReadOnlyList<IPolicy> policies) : IPolicy
{
    public IReadOnlyList<IPolicy> Policies => policies;

    public async ValueTask RunAsync(PolicyContext context, CancellationToken cancellation)
    {
        foreach (var policy in policies) await policy.RunAsync(context, cancellation);
    }
}
