using System.Globalization;

namespace FlowEngine.Connectors;

/// <summary><c>rate-limit</c> and <c>quota</c>, by connection, and <c>…-by-key</c>: calls beyond are answered without a request.</summary>
/// <remarks>
/// A rate counts calls within a window that slides, so that no period of that length ever has more; a quota counts in periods that start with their first
/// call. Where an expression says whether or how often a call counts, it counts once the answer is there, so that the expression can look at it; calls
/// that are made meanwhile don't see it yet. Documented by API Management.
/// </remarks>
internal sealed class RateLimitPolicy(string name, string counter, PolicyValue calls, PolicyValue period, PolicyValue? key, PolicyValue? condition, PolicyValue? count, bool isQuota) : IPolicy
{
    private static readonly string[] LimitAttributes = ["calls", "renewal-period"];
    private static readonly string[] Extras = ["retry-after-header-name", "remaining-calls-header-name", "total-calls-header-name", "first-period-start", "retry-after-variable-name", "remaining-calls-variable-name"];

    public static PolicyRow Rate { get; } = Row("rate-limit", isQuota: false, isKeyed: false);

    public static PolicyRow RateByKey { get; } = Row("rate-limit-by-key", isQuota: false, isKeyed: true);

    public static PolicyRow Quota { get; } = Row("quota", isQuota: true, isKeyed: false);

    public static PolicyRow QuotaByKey { get; } = Row("quota-by-key", isQuota: true, isKeyed: true);

    public ValueTask RunAsync(PolicyContext context, CancellationToken cancellation)
    {
        var limit = (int)calls.EvaluateNumber(context);
        var length = TimeSpan.FromSeconds(period.EvaluateNumber(context));
        var place = $"{counter}\n{key?.EvaluateText(context)}";
        var counters = context.State.Counters;
        var isLater = condition is { Text: null } || count is { Text: null };
        var counted = isLater ? 0 : CountOf(context);
        var wait = isQuota ? counters.Spend(place, limit, length, context.Now, counted) : counters.Enter(place, limit, length, context.Now, counted);
        if (wait == TimeSpan.Zero)
        {
            if (isLater) context.Finally.Add(() => counters.Add(place, isQuota, length, context.Now, CountOf(context)));
            return default;
        }

        var rounded = (long)Math.Ceiling(wait.TotalSeconds);
        var seconds = rounded.ToString(CultureInfo.InvariantCulture);
        var message = isQuota
            ? string.Create(CultureInfo.InvariantCulture, $"Out of call volume quota. Quota will be replenished in {TimeSpan.FromSeconds(rounded):c}.")
            : $"Rate limit is exceeded. Try again in {seconds} seconds.";
        var reply = ConnectorReply.Error(isQuota ? 403 : 429, message);
        reply.SetHeader("Retry-After", seconds);
        throw new PolicyEndedException(new PolicyFailure(isQuota ? "QuotaExceeded" : "RateLimitExceeded", message, name), reply);
    }

    private int CountOf(PolicyContext context) => condition?.EvaluateTruth(context) == false ? 0 : (int)(count?.EvaluateNumber(context) ?? 1);

    private static PolicyRow Row(string name, bool isQuota, bool isKeyed) => new(
        name,
        (element, reader) => new RateLimitPolicy(
            name,
            $"{name}@{element.Start.ToString(CultureInfo.InvariantCulture)}",
            reader.Needed(element, "calls"),
            reader.Needed(element, "renewal-period"),
            isKeyed ? reader.Needed(element, "counter-key") : null,
            reader.Attribute(element, "increment-condition"),
            reader.Attribute(element, "increment-count"),
            isQuota))
    {
        Shape = new()
        {
            Required = isKeyed ? [.. LimitAttributes, "counter-key"] : LimitAttributes,
            Optional = ["increment-condition", "increment-count"],
            WithoutEffect = Extras.ToDictionary(extra => extra, _ => (string?)null),
        },
    };
}
