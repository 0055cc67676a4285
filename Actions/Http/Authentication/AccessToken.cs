namespace FlowEngine.Actions;

/// <summary>What a token endpoint gave.</summary>
/// <param name="Value">The token.</param>
/// <param name="Issued">When it was asked for.</param>
/// <param name="Expires">When it ends; null where the endpoint didn't say, then it is used until it is refused.</param>
/// <param name="RefreshToken">What the next one is to be asked for with; null where the endpoint gave none.</param>
internal sealed record AccessToken(string Value, DateTimeOffset Issued, DateTimeOffset? Expires, string? RefreshToken)
{
    // Clocks differ and requests take time: a token is renewed before its end. A tenth keeps short-lived tokens usable at all.
    private static readonly TimeSpan LongestMargin = TimeSpan.FromMinutes(2);

    /// <summary>Whether a request that starts now may still use it: not within two minutes, or a tenth of its life, of its end.</summary>
    public bool IsUsableAt(DateTimeOffset now)
    {
        if (Expires is not { } end) return true;
        var tenth = (end - Issued) / 10;
        return now < end - (tenth < LongestMargin ? tenth : LongestMargin);
    }
}
