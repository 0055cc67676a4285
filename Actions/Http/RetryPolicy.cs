using System.Globalization;
using FlowEngine.Definitions;

namespace FlowEngine.Actions;

/// <summary>How often and after what waits a request is sent again (runtime reference, 2.6).</summary>
/// <param name="Kind">The policy's type in canonical spelling.</param>
/// <param name="Count">Retries, so one less than requests.</param>
/// <param name="Interval">Between retries, or the scale of the exponential waits.</param>
/// <param name="Minimum">Shortest exponential wait.</param>
/// <param name="Maximum">Longest exponential wait.</param>
internal sealed record RetryPolicy(RetryKind Kind, int Count, TimeSpan Interval, TimeSpan Minimum, TimeSpan Maximum)
{
    private static readonly RetryPolicy None = new(RetryKind.None, 0, default, default, default);

    // Documented: 4 retries at a scale of 7.5 s, within 5 and 45 s.
    private static readonly RetryPolicy Default =
        new(RetryKind.Exponential, 4, TimeSpan.FromSeconds(7.5), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(45));

    // Documented for Standard: PT7S, within PT5S and PT1H.
    private static readonly RetryPolicy StandardDefault =
        new(RetryKind.Exponential, 4, TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(5), TimeSpan.FromHours(1));

    private IReadOnlyList<int> ExtraStatuses { get; init; } = [];

    /// <summary>Reads an evaluated <c>retryPolicy</c>; null is the host's default.</summary>
    /// <exception cref="InvalidSettingException">A type, count or interval that makes no sense.</exception>
    public static RetryPolicy Read(FlowValue policy, HostProfile host)
    {
        var hostDefault = host == HostProfile.Standard ? StandardDefault : Default;
        if (policy.IsNull) return hostDefault;
        if (!policy.IsObject) throw Invalid("The retry policy must be an object.");
        var result = (policy["type"].AsStringOrNull ?? "default").ToUpperInvariant() switch
        {
            "DEFAULT" => hostDefault,
            "NONE" => None,
            "FIXED" => hostDefault with { Kind = RetryKind.Fixed, Count = Number(policy, hostDefault.Count), Interval = Duration(policy, "interval", hostDefault.Interval) },
            "EXPONENTIAL" => new RetryPolicy(
                RetryKind.Exponential,
                Number(policy, hostDefault.Count),
                Duration(policy, "interval", hostDefault.Interval),
                Duration(policy, "minimumInterval", TimeSpan.FromSeconds(5)),
                Duration(policy, "maximumInterval", host == HostProfile.Standard ? TimeSpan.FromHours(1) : TimeSpan.FromDays(1))),
            _ => throw Invalid($"The retry policy type '{policy["type"].AsStringOrNull}' is not one of none, fixed, exponential, default."),
        };
        return result with { ExtraStatuses = Statuses(policy["httpStatusCodes"]) };
    }

    /// <summary>The type as records show it: <c>None</c> for <c>none</c>; anything unknown as written.</summary>
    public static FlowValue Canonical(FlowValue type) => type.AsStringOrNull?.ToUpperInvariant() switch
    {
        "NONE" => FlowValue.String("None"),
        "FIXED" => FlowValue.String("Fixed"),
        "EXPONENTIAL" => FlowValue.String("Exponential"),
        "DEFAULT" => FlowValue.String("Default"),
        _ => type,
    };

    /// <summary>Whether an answer with this status is worth another request: 408, 429, 5xx, and what the policy adds.</summary>
    public bool Retries(int status) => status is 408 or 429 or >= 500 || ExtraStatuses.Contains(status);

    /// <summary>The wait before a retry.</summary>
    /// <param name="retry">From 1.</param>
    /// <param name="jitter">Where in the range, 0 to 1.</param>
    public TimeSpan Wait(int retry, double jitter)
    {
        if (Kind == RetryKind.Fixed) return Interval;
        var upper = Max(Minimum, Min(Maximum, Scaled(retry - 1)));
        var lower = retry == 1 ? Minimum : Min(upper, Max(Minimum, Scaled(retry - 2)));
        return lower + ((upper - lower) * Math.Clamp(jitter, 0, 1));
    }

    // Doubling from any interval passes the maximum long before 2^40; the cut keeps the product inside a TimeSpan.
    private TimeSpan Scaled(int doublings) =>
        Interval.Ticks >= Maximum.Ticks >> Math.Min(doublings, 40) ? Maximum : Interval * Math.Pow(2, doublings);

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private static int Number(FlowValue policy, int otherwise)
    {
        var count = policy["count"];
        if (count.IsNull) return otherwise;
        if (count.IsInteger && count.AsInteger is >= 0 and <= int.MaxValue) return (int)count.AsInteger;
        if (int.TryParse(count.AsStringOrNull, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
        throw Invalid($"The retry policy's count '{count.ToJson()}' is not a whole number of retries.");
    }

    private static TimeSpan Duration(FlowValue policy, string name, TimeSpan otherwise)
    {
        var text = policy[name];
        if (text.IsNull) return otherwise;
        return IsoDuration.TryParse(text.AsStringOrNull, out var duration)
            ? duration
            : throw Invalid($"The retry policy's {name} '{text.ToJson()}' is not an ISO 8601 duration such as \"PT10S\".");
    }

    private static InvalidSettingException Invalid(string message) => new("InvalidRetryPolicy", message);

    private static List<int> Statuses(FlowValue codes)
    {
        var statuses = new List<int>();
        foreach (var code in codes.AsArrayOrNull ?? FlowArray.Empty)
        {
            if (code.IsInteger) statuses.Add((int)code.AsInteger);
        }

        return statuses;
    }
}

/// <summary>The types of retry policies.</summary>
internal enum RetryKind
{
    None,
    Fixed,
    Exponential,
}
