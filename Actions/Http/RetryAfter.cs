using System.Net.Http.Headers;

namespace FlowEngine.Actions;

/// <summary>How long an answer asks to wait: <c>Retry-After</c> in seconds or as a date (RFC 9110, 10.2.3).</summary>
internal static class RetryAfter
{
    /// <summary>Null where there is none, or none that can be read; never negative.</summary>
    public static TimeSpan? Read(string? text, DateTimeOffset now) => RetryConditionHeaderValue.TryParse(text, out var header) ? Read(header, now) : null;

    /// <summary>Null where there is none; never negative.</summary>
    public static TimeSpan? Read(RetryConditionHeaderValue? header, DateTimeOffset now)
    {
        var wait = header switch
        {
            { Delta: { } seconds } => seconds,
            { Date: { } date } => date - now,
            _ => (TimeSpan?)null,
        };
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
