namespace FlowEngine.Actions;

/// <summary>The way of a complete request to its server: past the limits of the host or connection, within its time, to the last byte of the answer.</summary>
internal static class ServerAccess
{
    /// <summary>Sends a message once.</summary>
    /// <param name="scope">Who sends it.</param>
    /// <param name="message">With its credentials: to wait for a token at a place before the server would block the place.</param>
    /// <param name="connection">The connection that it goes over, for limits of its own; null where there is none.</param>
    /// <param name="timeout">How long it may take once it may be sent.</param>
    /// <param name="attempt">From 1.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="RequestTimedOutException">No answer came in time.</exception>
    /// <exception cref="ServerLeftAloneException">The server fails too often at present.</exception>
    public static async ValueTask<HttpAnswer> SendAsync(RunScope scope, HttpRequestMessage message, string? connection, TimeSpan timeout, int attempt, CancellationToken cancellation)
    {
        var address = message.RequestUri!; // A message that is to be sent has an address.
        if (scope.Outbound.Gates.Of(connection, address, scope.Time) is not { } gate) return await ReachAsync(scope, message, timeout, attempt, cancellation);
        await gate.EnterAsync(scope, cancellation);
        try
        {
            return await gate.SendAsync(token => ReachAsync(scope, message, timeout, attempt, token), cancellation);
        }
        finally
        {
            gate.Leave();
        }
    }

    private static async ValueTask<HttpAnswer> ReachAsync(RunScope scope, HttpRequestMessage message, TimeSpan timeout, int attempt, CancellationToken cancellation)
    {
        using var limit = new RequestTimeLimit(timeout, scope.Time, cancellation);
        try
        {
            using var response = await scope.SendAsync(message, attempt, limit.Token);
            return await HttpAnswer.ReadAsync(response, message.RequestUri!, scope.Time.GetUtcNow(), scope.Outbound.Options.MaxResponseBytes, limit.Token); // As above.
        }
        catch (Exception e) when (limit.HasPassed)
        {
            throw new RequestTimedOutException(e);
        }
    }
}
