namespace FlowEngine.Actions;

/// <summary>The way of a complete request to its server: past the limits of the host or connection, within its time, to the last byte of the answer.</summary>
/// <remarks>Where both the engine's code and the flow's files set a limit, both hold.</remarks>
internal static class ServerAccess
{
    /// <summary>Sends a message once.</summary>
    /// <param name="scope">Who sends it.</param>
    /// <param name="message">With its credentials: to wait for a token at a place before the server would block the place.</param>
    /// <param name="place">Where it counts besides the limits of its host.</param>
    /// <param name="timeout">How long it may take once it may be sent.</param>
    /// <param name="attempt">From 1.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="RequestTimedOutException">No answer came in time.</exception>
    /// <exception cref="ServerLeftAloneException">The server fails too often at present.</exception>
    public static ValueTask<HttpAnswer> SendAsync(RunScope scope, HttpRequestMessage message, LimitPlace place, TimeSpan timeout, int attempt, CancellationToken cancellation) =>
        SendAsync(scope, message, place, timeout, attempt, static response => response.Dispose(), cancellation);

    /// <summary>The same for a client that reads the response itself; all of it is there. The caller disposes it.</summary>
    public static async ValueTask<HttpResponseMessage> SendForResponseAsync(RunScope scope, HttpRequestMessage message, LimitPlace place, TimeSpan timeout, int attempt, CancellationToken cancellation)
    {
        HttpResponseMessage? kept = null;
        await SendAsync(scope, message, place, timeout, attempt, response => kept = response, cancellation);
        return kept!; // It has been read.
    }

    private static ValueTask<HttpAnswer> SendAsync(
        RunScope scope, HttpRequestMessage message, LimitPlace place, TimeSpan timeout, int attempt, Action<HttpResponseMessage> isRead, CancellationToken cancellation)
    {
        var address = message.RequestUri!; // A message that is to be sent has an address.
        var code = scope.Outbound.Options.HostLimits;
        var ofConnection = HostGates.Find(code, place.Connection);
        var first = ofConnection ?? HostGates.Find(code, address);
        var second = place.Own ?? HostGates.Find(scope.Connectors?.HostLimits ?? [], address);
        if (first is null && second is null) return ReachAsync(scope, message, timeout, attempt, isRead, cancellation);
        return PassAsync(
            scope,
            first,
            ofConnection?.Host ?? address.Authority,
            token => PassAsync(
                scope,
                second,
                place.Own?.Host ?? address.Authority,
                inner => ReachAsync(scope, message, timeout, attempt, isRead, inner),
                token),
            cancellation);
    }

    private static async ValueTask<HttpAnswer> PassAsync(RunScope scope, HostLimit? limit, string name, Func<CancellationToken, ValueTask<HttpAnswer>> send, CancellationToken cancellation)
    {
        if (limit is null) return await send(cancellation);
        var gates = scope.Outbound.Gates;
        var gate = gates.Take(limit, name, scope.Time);
        try
        {
            await gate.EnterAsync(scope, cancellation);
            try
            {
                return await gate.SendAsync(send, cancellation);
            }
            finally
            {
                gate.Leave();
            }
        }
        finally
        {
            gates.Return(gate, scope.Time);
        }
    }

    private static async ValueTask<HttpAnswer> ReachAsync(RunScope scope, HttpRequestMessage message, TimeSpan timeout, int attempt, Action<HttpResponseMessage> isRead, CancellationToken cancellation)
    {
        using var limit = new RequestTimeLimit(timeout, scope.Time, cancellation);
        HttpResponseMessage? response = null;
        try
        {
            response = await scope.SendAsync(message, attempt, limit.Token);
            var answer = await HttpAnswer.ReadAsync(response, message.RequestUri!, scope.Time.GetUtcNow(), scope.Outbound.Options.MaxResponseBytes, message.Options.TryGetValue(OutboundHandler.KeepCompressed, out var keeps) && keeps, limit.Token); // As above.
            isRead(response);
            response = null;
            return answer;
        }
        catch (Exception e) when (limit.HasPassed)
        {
            throw new RequestTimedOutException(e);
        }
        finally
        {
            response?.Dispose();
        }
    }
}
