namespace FlowEngine.Actions;

/// <summary>What one execution of an action says to servers: any number of calls under one retry policy and one time limit a request.</summary>
/// <param name="Scope">The execution.</param>
/// <param name="Policy">How often a call is sent again.</param>
/// <param name="Timeout">How long one attempt may take.</param>
internal sealed record HttpConversation(RunScope Scope, RetryPolicy Policy, TimeSpan Timeout)
{
    /// <summary>Sends a call until the policy is satisfied; gives the last attempt.</summary>
    /// <exception cref="OperationCanceledException">The action's token was cancelled.</exception>
    public Task<HttpAttempt> SendAsync(HttpCall call, CancellationToken cancellation) => HttpSender.SendAsync(Scope, call, Policy, Timeout, cancellation);

    /// <summary>An attempt that ends the conversation: what came can't be gone on with.</summary>
    public HttpAttempt Broken(string code, string message)
    {
        var now = Scope.Time.GetUtcNow();
        return new HttpAttempt(null, new ActionError(code, message), false, now, now, default);
    }
}
