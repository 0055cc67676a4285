namespace FlowEngine.Actions;

/// <summary>Puts credentials on the messages of one call. Made anew for each call, so it may remember what it used last.</summary>
internal interface IHttpAuthenticator
{
    /// <summary>Puts credentials on a message that is complete otherwise; fetches a token where one is needed.</summary>
    /// <param name="message">What is about to be sent; every attempt is a message of its own.</param>
    /// <param name="scope">The action that sends it; token requests go out through it, so they are recorded and guarded like all others.</param>
    /// <param name="attempt">The attempt that the message belongs to, from 1.</param>
    /// <param name="cancellation">Ends the wait for a token.</param>
    /// <exception cref="CredentialsUnavailableException">There are none to be had.</exception>
    ValueTask ApplyAsync(HttpRequestMessage message, RunScope scope, int attempt, CancellationToken cancellation);

    /// <summary>The answer was 401. Whether others than the credentials used last may be had: a token that came from the cache is dropped there.</summary>
    bool TryRenew(RunScope scope) => false;
}

/// <summary>The credentials of a request can't be had, so it is not sent.</summary>
/// <param name="message">Why, without a secret; shown as the error's message.</param>
/// <param name="isRetryable">Whether another attempt may help: the token endpoint did not answer, or with 408, 429 or 5xx.</param>
internal sealed class CredentialsUnavailableException(string message, bool isRetryable) : Exception(message)
{
    /// <summary>Whether another attempt may help.</summary>
    public bool IsRetryable { get; } = isRetryable;

    /// <summary>What kept the token endpoint from answering; null where it answered.</summary>
    internal string? Unreached { get; init; }
}
